import type { DeliveredAlert } from "./delivered-alert";

/** The alerts of the sample log file: path, topic, detection, call. One line each, nothing else. */
export const EXPECTED: readonly string[] = [
  "event path  APICallAlert            root-get-caller-identity  GetCallerIdentity",
  "event path  cloudtrail-alerts-demo  unauthorized-ec2-call     DescribeInstances",
  "event path  cloudtrail-alerts-demo  root-get-caller-identity  GetCallerIdentity",
  "event path  cloudtrail-alerts-demo  costly-resource-created   RunInstances",
];

/** The line of {@link EXPECTED} that an alert is. */
export function expectationOf({ path, topic, detection, eventName }: DeliveredAlert): string {
  return `${`${path} path`.padEnd(10)}  ${topic.padEnd(22)}  ${detection.padEnd(24)}  ${eventName}`;
}

export interface Comparison {
  readonly missing: readonly string[];
  readonly unexpected: readonly string[];
}

export function compare(seen: readonly string[]): Comparison {
  const unexpected = [...seen];
  const missing = EXPECTED.filter((expected) => {
    const index = unexpected.indexOf(expected);
    if (index >= 0) unexpected.splice(index, 1);
    return index < 0;
  });
  return { missing, unexpected };
}
