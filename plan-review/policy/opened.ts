import { actionCovered, resourceCovered } from "./covers";
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

/** Statements that allow everyone, and that were not there before. */
export function opened(before: readonly Statement[], after: readonly Statement[]): readonly Statement[] {
  const had = new Set(before.map(({ text }) => text));
  return after.filter(
    (statement) => !had.has(statement.text) && isOpen(statement) && !before.some((was) => isOpenLike(was, statement)),
  );
}

/** Whether a statement allows everyone. Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html */
function isOpen({ allows, principals, conditions }: Statement): boolean {
  if (!allows || principals === undefined) return false;
  const everyone = principals.not || principals.texts.includes("*");
  return everyone && !conditions.some(narrows);
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
