import { describe, expect, test } from "@jest/globals";
import type { Refinement } from "../../../detection/refinements/refinement";
import { holds } from "./held";

const forOther: Refinement = { kind: "differs", field: "requestParameters.userName", from: "userIdentity.userName" };

const record = (userName: unknown, caller: unknown) => ({
  requestParameters: { userName },
  userIdentity: { type: "IAMUser", userName: caller },
});

describe("differs", () => {
  test.each([
    ["another name", "bob", "alice", true],
    ["a name that begins alike", "alice2", "alice", true],
    ["the same name", "alice", "alice", false],
    ["the same name in another case", "Alice", "aLICE", false],
    ["a name that only Unicode takes for the same", "\u212Aim", "kim", true],
    ["an empty name", "", "alice", true],
    ["the name of a user where no caller's is known", "alice", undefined, true],
    ["the name of a user where the caller's is null", "alice", null, true],
    ["no name", undefined, "alice", false],
    ["null", null, "alice", false],
    ["neither name", undefined, undefined, false],
    ["a number", 7, "alice", true],
    ["a list with the same name", ["alice"], "alice", true],
    ["the same name where the caller's is a list", "alice", ["alice"], true],
    ["an object", {}, "alice", true],
  ])("judges %s", (_, userName, caller, expected) => {
    expect(holds(forOther, record(userName, caller))).toBe(expected);
  });

  test.each([
    ["are null", null, false],
    ["are absent", undefined, false],
    ["are a text", "userName=alice", true],
    ["are a list", [{ userName: "alice" }], true],
    ["were left out as too large", { omitted: true, originalSize: 200_000 }, true],
  ])("judges parameters that %s", (_, requestParameters, expected) => {
    expect(holds(forOther, { requestParameters, userIdentity: { userName: "alice" } })).toBe(expected);
  });

  test("takes an unknown caller for somebody else", () => {
    expect(holds(forOther, { requestParameters: { userName: "alice" } })).toBe(true);
    expect(holds(forOther, { requestParameters: { userName: "alice" }, userIdentity: "alice" })).toBe(true);
  });
});
