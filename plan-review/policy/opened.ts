import { actionCovered, noNarrower, resourceCovered } from "./covers";
import type { Condition, Statement } from "./statements";

/** Keys that tie a statement for everyone to some account, organization, network or resource. */
const NARROWING = new Set([
  ...["aws:sourcearn", "aws:sourceaccount", "aws:sourceowner", "aws:sourceorgid", "aws:sourceorgpaths"],
  ...["aws:principalarn", "aws:principalaccount", "aws:principalorgid", "aws:principalorgpaths", "aws:userid"],
  ...[
    "aws:sourcevpc",
    "aws:sourcevpce",
    "aws:sourceip",
    "aws:vpcsourceip",
    "kms:calleraccount",
    "s3:dataaccesspointaccount",
  ],
]);
/** An eighth of all addresses or more, nothing but wildcards, or an ARN of any account. */
const WHOLE_WORLD = [
  /^[\d.]+\/[0-3]$|^[\da-f:]+\/([0-9]|1[0-5])$/i,
  /^(o-)?[*?]+$/,
  /^arn:[a-z-]*[*:]*$/,
  /^arn:[^:]*:(?!s3:)[^:]*:[^:]*:[*?]*:/,
  /^arn:[^:]*:[^:]*:[^:]*:[*?]*:[*?]/,
];

/** Keys by which a bus's policy says whose events it takes, and which. */
const SENT = ["aws:principalorgid", "events:source", "events:detail-type", "events:eventbusinvocation"];

/** A condition that statements for everyone had, and that a new one doesn't have, or has with other values. */
export interface Freed {
  readonly key: string;
  readonly how: "gone" | "other values";
}

/**
 * Conditions on who sends what to a bus that no longer hold for everything: a statement beside the others counts like one in
 * the place of another.
 */
export function freed(before: readonly Statement[], after: readonly Statement[]): readonly Freed[] {
  const had = new Set(before.map(({ text }) => text));
  return after
    .filter((statement) => !had.has(statement.text) && isForEveryone(statement))
    .flatMap((now) => {
      const like = before.filter(
        (was) => isForEveryone(was) && now.actions.texts.some((action) => actionCovered(was.actions, action)),
      );
      const all = like.map((was) => SENT.flatMap((key) => freedOf(key, was, now)));
      return all.sort((a, b) => weight(a) - weight(b))[0] ?? [];
    });
}

function freedOf(key: string, was: Statement, now: Statement): readonly Freed[] {
  const [asked, asks] = [was, now].map(({ conditions }) =>
    conditions.filter((each) => each.key === key && binds(each)),
  );
  if (asked === undefined || asks === undefined || asked.length === 0) return [];
  if (asks.length === 0) return [{ key, how: "gone" }];
  return noNarrower(asked.map(plain), asks.map(plain)) ? [] : [{ key, how: "other values" }];
}

/** Of a condition for lists, what it asks of each of them. */
function plain(condition: Condition): Condition {
  return { ...condition, operator: condition.operator.replace(/^For(All|Any)Values?:/, "") };
}

function binds({ operator, values }: Condition): boolean {
  const positive = /^(For(All|Any)Values:)?(StringEquals|StringEqualsIgnoreCase|StringLike|Bool)$/.test(operator);
  return positive && !values.some((value) => /^(o-)?[*?]*$/.test(value));
}

function weight(all: readonly Freed[]): number {
  return all.reduce((sum, { how }) => sum + (how === "gone" ? SENT.length + 1 : 1), 0);
}

function isForEveryone({ allows, principals }: Statement): boolean {
  return allows && principals !== undefined && (principals.not || principals.texts.includes("*"));
}

/** Statements that allow everyone, and that were not there before. */
export function opened(before: readonly Statement[], after: readonly Statement[]): readonly Statement[] {
  const had = new Set(before.map(({ text }) => text));
  return after.filter(
    (statement) => !had.has(statement.text) && isOpen(statement) && !before.some((was) => isOpenLike(was, statement)),
  );
}

/** Whether a statement allows everyone. Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html */
function isOpen(statement: Statement): boolean {
  return isForEveryone(statement) && !statement.conditions.some(narrows);
}

/** Whether a statement let everyone do at least the same. */
function isOpenLike(was: Statement, now: Statement): boolean {
  return (
    isOpen(was) &&
    !was.actions.not &&
    !was.resources.not &&
    !now.actions.not &&
    !now.resources.not &&
    now.actions.texts.every((action) => actionCovered(was.actions, action)) &&
    now.resources.texts.every((resource) => resourceCovered(was.resources, resource))
  );
}

function narrows({ operator, key, values }: Condition): boolean {
  const positive = /^(ForAnyValue:)?(StringEquals|StringEqualsIgnoreCase|StringLike|ArnEquals|ArnLike|IpAddress)$/.test(
    operator,
  );
  return positive && NARROWING.has(key) && !values.some((value) => WHOLE_WORLD.some((world) => world.test(value)));
}
