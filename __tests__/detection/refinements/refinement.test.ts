import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { JsonObject } from "../../../detection/events/json";
import { compileRefinement, describeRefinement, type Refinement } from "../../../detection/refinements/refinement";
import { RefinementError } from "../../../detection/refinements/refinement-error";
import { propertyRuns } from "../../property-runs";
import { nested } from "./held";

const differs: Refinement = { kind: "differs", field: "requestParameters.userName", from: "userIdentity.userName" };
const instanceSession: Refinement = { kind: "instanceSession", field: "userIdentity.principalId" };
const otherAccount: Refinement = { kind: "otherAccount", fields: ["requestParameters.policy", "userIdentity"] };
const publicIp: Refinement = { kind: "publicIp", field: "sourceIPAddress", except: ["18.200.0.0/16"] };
const portIn: Refinement = {
  kind: "portIn",
  within: ["requestParameters", "requestParameters.ipPermissions.items"],
  where: { cidrIp: ["0.0.0.0/0"] },
  ports: [22, 3389],
};
const everyKind = [differs, instanceSession, otherAccount, publicIp, portIn].map(
  (refinement) => [refinement.kind, refinement] as const,
);

describe("what is no refinement is refused", () => {
  test.each<[string, unknown, string]>([
    ["null", null, "$: must be an object with a kind; it is null"],
    ["a list", [], "$: must be an object with a kind; it is an array"],
    ["no kind", {}, "$.kind: must be one of differs, instanceSession, otherAccount, publicIp, portIn; it is absent"],
    [
      "an unknown kind",
      { kind: "same" },
      '$.kind: must be one of differs, instanceSession, otherAccount, publicIp, portIn, not "same"',
    ],
    ["a kind from every object", { kind: "constructor" }, "$.kind: must be one of"],
    ["an unknown key", { ...differs, to: "x" }, "$.to: unknown key; allowed keys: kind, field, from"],
    ["a missing field", { kind: "differs", from: "a" }, "$.field: must be the path of a field of the record, such as"],
    ["a field that is a number", { ...differs, from: 5 }, "requestParameters.userName; it is a number"],
    ["an empty field", { ...differs, field: "" }, 'requestParameters.userName, not ""'],
    ["a field with an empty step", { ...publicIp, field: "a..b" }, 'requestParameters.userName, not "a..b"'],
    [
      "a field of the envelope",
      { ...differs, field: "detail.userName" },
      '$.field: must be the path of a field of the record, such as requestParameters.userName: leave out "detail."',
    ],
    [
      "no list of fields",
      { kind: "otherAccount", fields: "a" },
      "$.fields: must be a list of paths of fields, at least one; it is a string",
    ],
    [
      "an empty list of fields",
      { kind: "otherAccount", fields: [] },
      "$.fields: must be a list of paths of fields, at least one; it is empty",
    ],
    ["a bad field in a list", { kind: "otherAccount", fields: ["a", null] }, "$.fields[1]: must be the path"],
    [
      "an exception that is no list",
      { ...publicIp, except: "10.0.0.0/8" },
      "$.except: must be a list of CIDR blocks; it is a string",
    ],
    [
      "an exception without a mask",
      { ...publicIp, except: ["10.0.0.1"] },
      '$.except[0]: must be a CIDR block such as 198.51.100.0/24 or 2001:db8::/32, not "10.0.0.1"',
    ],
    [
      "an exception with too long a mask",
      { ...publicIp, except: ["::/0", "10.0.0.0/33"] },
      "$.except[1]: must be a CIDR block",
    ],
    ["an exception that is a number", { ...publicIp, except: [10] }, "2001:db8::/32, not a number"],
    ["a place that is no list", { ...portIn, within: "a" }, "$.within: must be a list of paths of fields"],
    ["no where", { kind: "portIn", within: ["a"], ports: [1] }, "$.where: must be an object of fields"],
    [
      "a where with an unknown operator",
      { ...portIn, where: { a: [{ regex: "x" }] } },
      '$.where.a[0]: unknown operator "regex"',
    ],
    ["no ports", { ...portIn, ports: [] }, "$.ports: must be a list of ports, at least one; it is empty"],
    [
      "a port that is too high",
      { ...portIn, ports: [22, 65_536] },
      "$.ports[1]: must be a whole number from 0 to 65535",
    ],
    ["a port as text", { ...portIn, ports: ["22"] }, "$.ports[0]: must be a whole number from 0 to 65535"],
  ])("%s", (_, value, message) => {
    expect(() => compileRefinement(value)).toThrow(RefinementError);
    expect(() => compileRefinement(value)).toThrow(message);
  });

  test("with the path at which it stands", () => {
    expect(() => compileRefinement({ ...portIn, where: { a: [] } }, "$.refine[2]")).toThrow("$.refine[2].where.a: ");
  });
});

test.each<[string, Refinement, string]>([
  ["differs from the caller", differs, "requestParameters.userName is given and is not the caller's"],
  [
    "differs",
    { ...differs, from: "eventName" } as Refinement,
    "requestParameters.userName is given and is not eventName",
  ],
  [
    "otherAccount",
    otherAccount,
    "requestParameters.policy or userIdentity, if present, names another AWS account or everyone",
  ],
  ["publicIp", publicIp, "sourceIPAddress is a public internet address outside 18.200.0.0/16"],
  ["publicIp without exceptions", { kind: "publicIp", field: "a" }, "a is a public internet address"],
  [
    "portIn",
    portIn,
    'a rule in requestParameters or requestParameters.ipPermissions.items, whose cidrIp is "0.0.0.0/0", opens port 22 or 3389',
  ],
])("describes %s in plain English", (_, refinement, text) => {
  expect(describeRefinement(refinement)).toBe(text);
});

/** Values that come close to what the refinements look for, and any others. */
const value: fc.Arbitrary<unknown> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom<unknown>(
      "111122223333",
      "arn:aws:iam::444455556666:root",
      "*",
      "tcp",
      "-1",
      22,
      "22",
      null,
      "10.0.0.1",
      "::ffff:8.8.8.8",
      "0.0.0.0/0",
    ),
  },
  fc.ipV4(),
  fc.ipV6(),
  fc.json(),
  fc.json().map(encodeURIComponent),
  fc.jsonValue(),
  fc.jsonValue().map((principal) => ({ Statement: [{ Effect: "Allow", Principal: principal, Condition: principal }] })),
  fc.jsonValue().map((principal) => JSON.stringify({ Statement: { Effect: "Allow", Principal: { AWS: principal } } })),
);
const ends = { ipProtocol: value, fromPort: value, toPort: value, cidrIp: value };
const rule = fc.record(ends, { requiredKeys: [] });
const permissions = fc.oneof(value, fc.record({ items: fc.array(rule) }));
const parameters = fc.record(
  { ...ends, userName: value, policy: value, ipPermissions: permissions, omitted: fc.boolean() },
  { requiredKeys: [] },
);
const record = fc.record(
  {
    requestParameters: fc.oneof(parameters, value),
    userIdentity: fc.oneof(fc.record({ userName: value, accountId: value }, { requiredKeys: [] }), value),
    recipientAccountId: value,
    sourceIPAddress: value,
  },
  { requiredKeys: [] },
) as fc.Arbitrary<JsonObject>;

describe.each(everyKind)("%s", (_, refinement) => {
  const { holds } = compileRefinement(JSON.parse(JSON.stringify(refinement)));

  test("answers yes or no to any record, the same again, and leaves it as it is", () => {
    fc.assert(
      fc.property(record, (given) => {
        const before = structuredClone(given);

        const answer = holds(given);

        expect(typeof answer).toBe("boolean");
        expect(holds(given)).toBe(answer);
        expect(given).toEqual(before);
      }),
      { numRuns: propertyRuns(500) },
    );
  });

  test("holds for a record in which it finds nothing it could judge, or is sure that nothing is asked", () => {
    expect(holds({})).toBe(refinement.kind !== "differs");
  });

  test.each([
    ["objects", nested(200_000)],
    ["lists", nested(200_000, "[", "]")],
    ["policies in text", Array.from({ length: 12 }).reduce<string>((text) => JSON.stringify([text]), "x")],
    ["one long text", "{".repeat(2_000_000)],
    ["one long text in another", JSON.stringify(["\\".repeat(1_000_000)])],
    ["percent signs", "%7b".repeat(500_000)],
    ["many principals", { Statement: { Effect: "Allow", Principal: { AWS: Array(200_000).fill("111122223333") } } }],
    ["many rules", { items: Array(20_000).fill({ ipProtocol: "tcp", cidrIp: "0.0.0.0/0", fromPort: 1, toPort: 2 }) }],
  ])("takes no long time over %s", (_what, huge) => {
    const begun = performance.now();

    holds({ requestParameters: huge as JsonObject, userIdentity: { userName: huge }, sourceIPAddress: huge });
    holds({ requestParameters: { userName: huge, policy: huge, ipPermissions: huge }, userIdentity: huge });

    expect(performance.now() - begun).toBeLessThan(2_000);
  });
});
