import { type Entry, entry } from "./plans";

export const HOME = "us-east-1";
export const ACCOUNT = "123456789012";
export const BUS = `arn:aws:events:${HOME}:${ACCOUNT}:event-bus/default`;
const ROLE = `arn:aws:iam::${ACCOUNT}:role/trailwarden-forward-${HOME}`;

export const PATTERNS = [
  { source: ["aws.ec2"], detail: { eventName: ["StopInstances", "RunInstances"] } },
  { source: ["aws.s3"], detail: { eventName: ["DeleteBucket", "PutBucketPolicy"] } },
];

/** Statements of the home default bus: the organization's accounts may send it what AWS's services say. */
export const MEMBERS_MAY_SEND = {
  Sid: "Members",
  Effect: "Allow",
  Principal: "*",
  Action: "events:PutEvents",
  Resource: BUS,
  Condition: {
    StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" },
    StringLike: { "events:source": "aws.*" },
  },
};

export function policy(...statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

function staying(address: string, values: object): Entry {
  return entry(address, ["no-op"], values, values);
}

/** Addresses of a region's resources. */
export function addressesIn(region: string) {
  return {
    rule: (number: number) => `aws_cloudwatch_event_rule.forward["${region}/${number}"]`,
    target: (number: number) => `aws_cloudwatch_event_target.forward["${region}/${number}"]`,
    queue: `aws_sqs_queue.forward["${region}"]`,
    policy: `aws_sqs_queue_policy.forward["${region}"]`,
  };
}

/** Forwarders of a region, as they stand. */
export function forwardersIn(region: string, patterns: readonly object[] = PATTERNS): readonly Entry[] {
  const at = addressesIn(region);
  const queue = `arn:aws:sqs:${region}:${ACCOUNT}:trailwarden-forward-dlq`;
  const url = `https://sqs.${region}.amazonaws.com/${ACCOUNT}/trailwarden-forward-dlq`;
  return [
    ...patterns.flatMap((pattern, index) => {
      const name = `trailwarden-forward-${index + 1}`;
      return [
        staying(at.rule(index + 1), {
          name,
          region,
          arn: `arn:aws:events:${region}:${ACCOUNT}:rule/${name}`,
          event_bus_name: "default",
          event_pattern: JSON.stringify(pattern),
          state: "ENABLED",
        }),
        staying(at.target(index + 1), {
          rule: name,
          region,
          event_bus_name: "default",
          target_id: "home",
          arn: BUS,
          role_arn: ROLE,
          dead_letter_config: [{ arn: queue }],
          retry_policy: [{ maximum_event_age_in_seconds: 86_400, maximum_retry_attempts: 185 }],
        }),
      ];
    }),
    staying(at.queue, { name: "trailwarden-forward-dlq", region, arn: queue, url, id: url }),
    staying(at.policy, {
      queue_url: url,
      region,
      policy: policy({
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: queue,
      }),
    }),
  ];
}

/** The role of all forwarders, and the policy of the bus that they send to. */
export const ONCE: readonly Entry[] = [
  staying("aws_iam_role.forward", {
    name: `trailwarden-forward-${HOME}`,
    arn: ROLE,
    assume_role_policy: policy({
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: "sts:AssumeRole",
      Condition: { StringEquals: { "aws:SourceAccount": ACCOUNT } },
    }),
  }),
  staying("aws_iam_role_policy.forward", {
    role: `trailwarden-forward-${HOME}`,
    name: "forward",
    policy: policy({ Effect: "Allow", Action: "events:PutEvents", Resource: BUS }),
  }),
  staying("aws_cloudwatch_event_bus_policy.home", {
    id: "default",
    region: HOME,
    event_bus_name: "default",
    policy: policy(MEMBERS_MAY_SEND),
  }),
];

/** A resource that changes, of a plan in which everything else stays. */
export function altering(entries: readonly Entry[], address: string, after: object): readonly Entry[] {
  return entries.map((each) => {
    if (each.address !== address) return each;
    const before = each.change.before as object;
    return entry(address, ["update"], before, { ...before, ...after });
  });
}

/** A plan in which some addresses are destroyed. */
export function destroying(entries: readonly Entry[], gone: (address: string) => boolean): readonly Entry[] {
  return entries.map((each) => (gone(each.address) ? entry(each.address, ["delete"], each.change.before, null) : each));
}

export function planOfEntries(entries: readonly Entry[]) {
  return { format_version: "1.2", resource_changes: entries };
}
