import { type Entry, entry, ids, planWith, review } from "../plans";

/** Of the baseline. */
export const ACCOUNT = "123456789012";
export const QUEUE_ARN = `arn:aws:sqs:us-east-1:${ACCOUNT}:events`;
export const TOPIC_ARN = `arn:aws:sns:us-east-1:${ACCOUNT}:alerts`;
export const RULE_ARN = `arn:aws:events:us-east-1:${ACCOUNT}:rule/users`;
export const JUDGE_ARN = `arn:aws:iam::${ACCOUNT}:role/judge`;

/** A policy's text. */
export function policy(...statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

/** A resource that stays as it is. */
export function staying(address: string, values: object): Entry {
  return entry(address, ["no-op"], values, values);
}

/** The ids of what a review says of changes to the baseline. */
export function outcome(...entries: readonly Entry[]) {
  const { refused, indeterminate } = review(planWith(entries));
  return { refused: ids(refused), indeterminate: ids(indeterminate) };
}
