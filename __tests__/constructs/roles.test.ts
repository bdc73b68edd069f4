import { describe, expect, test } from "@jest/globals";
import { resources, theAttributes } from "../../assertions/resources";
import type { Attributes } from "../../assertions/synthesized-stack";
import { synthesizeStack } from "./synthesize-stack";

const BOUNDARY = "arn:aws:iam::111122223333:policy/boundary";

function roles(context: Attributes): readonly Attributes[] {
  const found = resources(synthesizeStack({ regions: ["eu-west-1"], ...context }), "aws_iam_role").map(
    ({ attributes }) => attributes,
  );
  expect(found.length).toBeGreaterThanOrEqual(4);
  return found;
}

function namesOfTheFunction(context: Attributes): Attributes {
  const { environment } = theAttributes(synthesizeStack(context), "aws_lambda_function");
  return JSON.parse(String((environment as { variables: Attributes }).variables.NAMES)) as Attributes;
}

describe("every role", () => {
  test("has the configured path and permissions boundary", () => {
    for (const role of roles({ rolePath: "/security/", permissionsBoundary: BOUNDARY })) {
      expect(role).toMatchObject({ path: "/security/", permissions_boundary: BOUNDARY });
    }
  });

  test("can have one without the other", () => {
    for (const role of roles({ rolePath: "/a/b/" })) {
      expect(role.path).toBe("/a/b/");
      expect(role).not.toHaveProperty("permissions_boundary");
    }
    for (const role of roles({ permissionsBoundary: BOUNDARY })) {
      expect(role.permissions_boundary).toBe(BOUNDARY);
      expect(role).not.toHaveProperty("path");
    }
  });

  test("says nothing of either by default, nor of a path of /", () => {
    const unsaid = roles({});

    for (const role of unsaid) for (const key of ["path", "permissions_boundary"]) expect(role).not.toHaveProperty(key);
    expect(roles({ rolePath: "/" })).toEqual(unsaid);
  });
});

test("the function learns the path, by which it knows its own role", () => {
  expect(namesOfTheFunction({ rolePath: "/security/" }).rolePath).toBe("/security/");
  expect(namesOfTheFunction({})).not.toHaveProperty("rolePath");
});

test("the longest path leaves room in the function's environment", () => {
  const rolePath = `/${"x".repeat(510)}/`;

  expect(namesOfTheFunction({ rolePath }).rolePath).toBe(rolePath);
});
