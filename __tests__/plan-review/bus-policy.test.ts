import { describe, expect, test } from "@jest/globals";
import { altering, destroying, forwardersIn, MEMBERS_MAY_SEND, ONCE, planOfEntries, policy } from "./forwarders";
import { type Entry, ids, review } from "./plans";

const ALL = [...ONCE, ...forwardersIn("eu-west-1")];

function outcome(entries: readonly Entry[]) {
  const { refused, indeterminate } = review(planOfEntries(entries));
  return { refused: ids(refused), indeterminate: ids(indeterminate) };
}

describe("the policy of the bus that members send to", () => {
  const address = "aws_cloudwatch_event_bus_policy.home";
  const { Condition: condition, ...statement } = MEMBERS_MAY_SEND;
  const { StringEquals, StringLike } = condition;
  const becoming = (...statements: readonly object[]) =>
    outcome(altering(ALL, address, { policy: policy(...statements) }));
  const refused = (...checks: readonly string[]) => ({
    refused: checks.map((check) => `${address}#${check}`),
    indeterminate: [],
  });

  test.each<[string, readonly object[]]>([
    ["loses its statement", []],
    [
      "takes fewer sources",
      [{ ...statement, Condition: { StringEquals: { ...StringEquals, "events:source": "aws.iam" } } }],
    ],
    [
      "takes what one role sends",
      [
        {
          ...statement,
          Condition: { ...condition, ArnLike: { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/only" } },
        },
      ],
    ],
    ["denies all", [MEMBERS_MAY_SEND, { ...statement, Effect: "Deny" }]],
  ])("%s: members are cut off", (_, statements) => {
    expect(becoming(...statements)).toEqual(refused("policy-statement"));
  });

  test.each<[string, readonly object[]]>([
    ["takes everyone's events", [statement]],
    ["takes everyone's events of AWS's services", [{ ...statement, Condition: { StringLike } }]],
    ["takes everyone's events besides", [MEMBERS_MAY_SEND, { ...statement, Sid: "Besides" }]],
    ["no longer asks for the source", [{ ...statement, Condition: { StringEquals } }]],
    ["takes any source besides", [MEMBERS_MAY_SEND, { ...statement, Condition: { StringEquals } }]],
    [
      "takes any source by a wildcard",
      [{ ...statement, Condition: { StringEquals, StringLike: { "events:source": "*" } } }],
    ],
    [
      "takes any organization",
      [{ ...statement, Condition: { StringLike: { ...StringLike, "aws:PrincipalOrgID": "o-*" } } }],
    ],
  ])("%s: refused as opened", (_, statements) => {
    expect(becoming(...statements)).toEqual(refused("policy-opened"));
  });

  test("may let in another organization, or other sources: the review asks to look", () => {
    const both = { "aws:PrincipalOrgID": ["o-a1b2c3d4e5", "o-zzzzzzzzzz"] };
    const sources = { "events:source": ["aws.*", "partner.*"] };
    const indeterminate = { refused: [], indeterminate: [`${address}#policy-opened`] };

    expect(becoming({ ...statement, Condition: { StringEquals: both, StringLike } })).toEqual(indeterminate);
    expect(becoming({ ...statement, Condition: { StringEquals, StringLike: sources } })).toEqual(indeterminate);
  });

  test("may say the same in other words, or let others in as narrowly", () => {
    const narrower = {
      ...condition,
      StringLike: { "events:source": "aws.s3" },
      Bool: { "events:eventBusInvocation": "true" },
    };

    expect(becoming({ ...MEMBERS_MAY_SEND, Sid: "Other" }, { ...statement, Condition: narrower })).toEqual(refused());
  });

  test("goes: refused", () => {
    expect(outcome(destroying(ALL, (each) => each === address))).toEqual(refused("destroyed"));
  });
});
