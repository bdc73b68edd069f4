import type { NotifierEnvironment } from "../../config/function-environment/read-notifier";

type Channel = NotifierEnvironment["channels"][number];
type Severity = Channel["minSeverity"];

const RANK: Readonly<Record<Severity, number>> = { low: 0, medium: 1, high: 2, critical: 3 };

type List = readonly string[] | undefined;

/** In what ways channels get less than before; nothing where they get as much, or more. */
export function fewerNotified(before: readonly Channel[], after: readonly Channel[]): readonly string[] {
  const ways = before.flatMap((was) => {
    const is = after.find(({ id }) => id === was.id);
    return is ? lessOf(was, is) : ["A channel is removed, or has another secret or settings"];
  });
  return [...new Set(ways)];
}

function lessOf(was: Channel, is: Channel): readonly string[] {
  return [
    ...(rank(is.minSeverity) > rank(was.minSeverity) ? ["The minimum severity on a channel is raised"] : []),
    ...(narrows(was.accounts, is.accounts) ? ["A channel receives alerts of fewer accounts"] : []),
    ...(narrows(was.organizationalUnits, is.organizationalUnits)
      ? ["A channel receives alerts of fewer organizational units"]
      : []),
    ...(narrows(pairs(is.accountTags), pairs(was.accountTags))
      ? ["A channel receives alerts of accounts with more tags only"]
      : []),
    ...(narrows(was.detections, is.detections) ? ["A channel receives alerts of fewer detections"] : []),
    ...later(was.escalateAfterMinutes, is.escalateAfterMinutes),
  ];
}

/** What is no severity counts as above all: no alert has it. */
function rank(severity: Severity): number {
  return Object.hasOwn(RANK, severity) ? RANK[severity] : Number.POSITIVE_INFINITY;
}

/** Without a list it is all of them. */
function narrows(was: List, is: List): boolean {
  return is !== undefined && (was === undefined || was.some((each) => !is.includes(each)));
}

/** The more tags are asked for, the fewer accounts have them: unlike a list, none of them is all accounts. */
function pairs(tags: Channel["accountTags"]): readonly string[] {
  return Object.entries(tags ?? {}).map((pair) => JSON.stringify(pair));
}

/** Without minutes a channel receives each alert at once. */
function later(was: number | undefined, is: number | undefined): readonly string[] {
  if (is === undefined) return [];
  if (was === undefined) return ["A channel receives only critical alerts that no one acknowledges"];
  return is > was ? ["Alerts escalate to a channel later"] : [];
}
