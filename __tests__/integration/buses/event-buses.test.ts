import { expect, test } from "@jest/globals";
import { parseRecord } from "../../../detection/events/cloudtrail-record";
import { type EventEnvelope, wrapRecord } from "../../../detection/events/envelope";
import { type DeployedBus, type DeployedRule, EventBuses } from "./event-buses";

const [CENTRAL, MEMBER] = ["111122223333", "444455556666"];
const HOME = `arn:aws:events:us-east-1:${CENTRAL}:event-bus/default`;
const THIRD = `arn:aws:events:us-east-1:${CENTRAL}:event-bus/third`;
const QUEUE = `arn:aws:sqs:us-east-1:${CENTRAL}:events`;
const ROLE = `arn:aws:iam::${MEMBER}:role/forward`;
const LETTERS = `arn:aws:sqs:eu-west-1:${MEMBER}:letters`;

const allow = (others: object) => ({ Statement: [{ Effect: "Allow", Action: "*", Resource: "*", ...others }] });
const anyone = allow({ Principal: "*" });
const pattern = { source: ["aws.ec2"] };

function rule(arn: string, others: object = {}, state = "ENABLED"): DeployedRule {
  return { name: "rule", pattern, state, targets: [{ arn, ...others }] };
}

/** A member's rule passes what it matches to the home bus, whose rule hands it to a queue. */
function buses({ member = {}, home = [rule(QUEUE)], ...others }: Partial<Setup> = {}): EventBuses {
  const target = { roleArn: ROLE, deadLetterArn: LETTERS, ...member };
  const deployed: DeployedBus[] = [
    { account: MEMBER, region: "eu-west-1", rules: [rule(HOME, target)] },
    { account: CENTRAL, region: "us-east-1", rules: home, policy: others.policy ?? anyone },
  ];
  return new EventBuses({
    buses: deployed,
    roles: new Map([[ROLE, { trust: others.trust ?? anyone, policy: others.mayPut ?? allow({}) }]]),
    queuePolicies: new Map([[LETTERS, others.letters ?? anyone]]),
    organizationOf: () => others.organization,
  });
}

type PolicyLike = ReturnType<typeof allow>;

interface Setup {
  readonly member: object;
  readonly home: readonly DeployedRule[];
  readonly policy: PolicyLike;
  readonly trust: PolicyLike;
  readonly mayPut: PolicyLike;
  readonly letters: PolicyLike;
  readonly organization: string;
}

function event(others: object = {}): EventEnvelope {
  const record = { eventSource: "ec2.amazonaws.com", eventName: "RunInstances", managementEvent: true };
  return wrapRecord(parseRecord({ ...record, awsRegion: "eu-west-1", recipientAccountId: MEMBER, ...others }));
}

test("a member's event comes by the home bus to the queue, as it was", () => {
  const course = buses().happen(event());

  expect(course).toMatchObject({ forwarded: 1, deadLetters: [], thirdBusHops: 0 });
  expect(course.deliveries.map(({ targetArn, body }) => [targetArn, JSON.parse(body)])).toEqual([[QUEUE, event()]]);
});

test("what came from another bus goes to no third one", () => {
  const chained = buses({ home: [rule(QUEUE), { ...rule(THIRD), name: "onward" }] });

  const course = chained.happen(event());

  expect(course).toMatchObject({ forwarded: 1, thirdBusHops: 1, deadLetters: [] });
  expect(course.deliveries.map(({ targetArn }) => targetArn)).toEqual([QUEUE]);
});

test("an event of a region without a bus, and a data event, go nowhere", () => {
  const nothing = { deliveries: [], forwarded: 0, deadLetters: [], thirdBusHops: 0 };

  expect(buses().happen(event({ awsRegion: "sa-east-1" }))).toEqual(nothing);
  expect(buses().happen(event({ managementEvent: false }))).toEqual(nothing);
});

test.each<[string, Partial<Setup>, RegExp]>([
  ["a target without a role", { member: { roleArn: undefined } }, /has no role/],
  ["a role that isn't there", { member: { roleArn: `${ROLE}s` } }, /has no role/],
  [
    "a role that the rule may not assume",
    { trust: allow({ Principal: { Service: "lambda.amazonaws.com" } }) },
    /assume/,
  ],
  ["a role that may not put events", { mayPut: { Statement: [] } as unknown as PolicyLike }, /may not put events/],
  [
    "a bus that lets another organization in",
    {
      policy: allow({ Principal: "*", Condition: { StringEquals: { "aws:PrincipalOrgID": "o-ours" } } }),
      organization: "o-theirs",
    },
    /may not put events/,
  ],
])("%s: the event ends in the rule's dead letters", (_, setup, reason) => {
  const course = buses(setup).happen(event());

  expect(course).toMatchObject({ forwarded: 0, deliveries: [], thirdBusHops: 0 });
  expect(course.deadLetters).toEqual([
    { queueArn: LETTERS, body: JSON.stringify(event()), reason: expect.stringMatching(reason) },
  ]);
});

test.each<[string, Partial<Setup>]>([
  ["without dead letters", { member: { roleArn: ROLE + 1, deadLetterArn: undefined } }],
  [
    "whose dead letters lie in another region",
    { member: { roleArn: ROLE + 1, deadLetterArn: LETTERS.replace("eu-west-1", "us-east-1") } },
  ],
  ["whose dead letters refuse it", { member: { roleArn: ROLE + 1 }, letters: allow({ Principal: { AWS: CENTRAL } }) }],
])("a refused rule %s loses the event", (_, setup) => {
  expect(() => buses(setup).happen(event())).toThrow("loses an event");
});
