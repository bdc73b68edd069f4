import type { Check, Finding } from "./checks/check";
import { checks } from "./checks/checks";
import { type Estate, estateOf, overwrites, reasonFor } from "./judging/estate";
import { Monitoring, type Reason } from "./monitoring/monitoring";
import { nounOf } from "./monitoring/nouns";
import type { Change, Plan } from "./plan/plan";
import { refusedByAws } from "./refused-by-aws";

/** What a check says of one resource. */
export interface Concern {
  /** `<address>#<check>`. */
  readonly id: string;
  readonly check: Check;
  readonly address: string;
  /** Such as `the bucket`. */
  readonly noun: string;
  /** Why the resource counts as part of the monitoring, such as `the bucket of aws_cloudtrail.trail`. */
  readonly because: { readonly words: string; readonly other?: string };
  readonly findings: readonly Finding[];
}

/** A refusal that somebody let through. */
export interface Accepted extends Concern {
  readonly reason: string;
}

/** Something that was changed outside Terraform. */
export interface Drift extends Concern {
  /** Whether the plan puts it right. */
  readonly repaired: boolean;
}

/** What becomes of a resource of the monitoring. */
export interface Touched {
  readonly address: string;
  readonly noun: string;
  readonly action: Change["action"];
  /** Attributes that change. */
  readonly attributes: readonly string[];
  readonly imported: boolean;
  readonly previousAddress?: string;
}

export interface Review {
  readonly refused: readonly Concern[];
  readonly accepted: readonly Accepted[];
  readonly cannotTell: readonly Concern[];
  readonly drift: readonly Drift[];
  readonly touched: readonly Touched[];
  /** How many resources of the monitoring there are, those that stay as they are included. */
  readonly watched: number;
  /** Of all other resources, how many there are of each action. */
  readonly rest: Readonly<Partial<Record<Change["action"], number>>>;
  readonly notes: readonly string[];
}

const BY_TYPE = new Map<string, readonly Check[]>();

/**
 * Judges a plan: what in it weakens the monitoring.
 *
 * @param accepting reasons, by the ids of what is let through
 */
export function judge(plan: Plan, accepting: ReadonlyMap<string, string> = new Map()): Review {
  const monitoring = new Monitoring(plan);
  const estate = estateOf(plan, monitoring);
  const isWatched = ({ address }: Change) => reasonFor(address, estate) !== undefined;
  const concerns = plan.changes.flatMap((change) => (change.action === "no-op" ? [] : concernsOf(change, estate)));
  const weakening = concerns.flatMap((concern) => only(concern, true));
  const watched = plan.changes.filter(isWatched);
  const rest: Partial<Record<Change["action"], number>> = {};
  for (const change of plan.changes) if (!isWatched(change)) rest[change.action] = (rest[change.action] ?? 0) + 1;
  return {
    refused: weakening.filter(({ id }) => !accepting.has(id)),
    accepted: weakening.flatMap((concern) => {
      const reason = accepting.get(concern.id);
      return reason === undefined ? [] : [{ ...concern, reason }];
    }),
    cannotTell: concerns.flatMap((concern) => only(concern, false)),
    drift: plan.drift.flatMap((drifted) => driftOf(drifted, estate)),
    touched: watched.flatMap(touchedBy),
    watched: watched.length,
    rest,
    notes: notesOn(plan, new Set(weakening.map(({ id }) => id)), accepting, watched.length === 0),
  };
}

/** Everything that the checks say of a change: of what is created, as a change of what it overwrites. */
function concernsOf(change: Change, estate: Estate): readonly Concern[] {
  const { monitoring, overwritten } = estate;
  const others = overwritten.get(change.address) ?? [];
  const over = others.flatMap((other) =>
    foundBy(change.since(other.before), overwrites(other, monitoring, change.address), estate),
  );
  if (change.action === "create" && others.length > 0) return distinct(over);
  const reason = monitoring.reason(change.address);
  const found = reason ? foundBy(change, reason, estate) : [];
  // That the last subscriber goes says more than that a subscription does.
  const last = found.some(
    ({ check, findings }) => check.id === "last-subscriber" && findings.some(({ weakens }) => weakens),
  );
  return distinct([...over, ...(last ? found.filter(({ check }) => check.id !== "destroyed") : found)]);
}

function foundBy(change: Change, { words, other, certain }: Reason, estate: Estate): readonly Concern[] {
  return checksFor(change.type).flatMap((check): readonly Concern[] => {
    const all = check.judge(change, estate);
    // Of what is made anew many values are unknown, and that it is made anew is told already.
    const findings = change.action === "replace" ? all.filter(({ weakens }) => weakens) : all;
    if (findings.length === 0) return [];
    return [
      {
        id: `${change.address}#${check.id}`,
        check,
        address: change.address,
        noun: nounOf(change.type),
        because: { words, ...(other !== undefined && { other }) },
        findings: certain ? findings : findings.map((finding) => ({ ...finding, weakens: false })),
      },
    ];
  });
}

/** One concern for each id, with all findings: it is what is accepted. */
function distinct(concerns: readonly Concern[]): readonly Concern[] {
  const byId = new Map<string, Concern>();
  for (const concern of concerns) {
    const same = byId.get(concern.id);
    byId.set(concern.id, same ? { ...same, findings: [...same.findings, ...concern.findings] } : concern);
  }
  return [...byId.values()];
}

function checksFor(type: string): readonly Check[] {
  const known =
    BY_TYPE.get(type) ?? checks.filter(({ looksAt }) => Object.hasOwn(looksAt, type) || Object.hasOwn(looksAt, "*"));
  BY_TYPE.set(type, known);
  return known;
}

function only(concern: Concern, weakens: boolean): readonly Concern[] {
  const findings = concern.findings.filter((finding) => finding.weakens === weakens);
  return findings.length === 0 ? [] : [{ ...concern, findings }];
}

/**
 * What somebody weakened outside Terraform. The plan puts it right when, seen from before that, nothing is weaker.
 */
function driftOf(drifted: Change, estate: Estate): readonly Drift[] {
  const planned = estate.changes.get(drifted.address);
  const since = planned?.since(drifted.before);
  return concernsOf(drifted, estate).flatMap((concern) => {
    return only(concern, true).map((weakened) => ({
      ...weakened,
      repaired: since?.after !== undefined && weakened.check.judge(since, estate).length === 0,
    }));
  });
}

function touchedBy(change: Change): readonly Touched[] {
  const { address, type, action, imported, previousAddress } = change;
  if (action === "no-op" && !imported && previousAddress === undefined) return [];
  return [
    {
      address,
      noun: nounOf(type),
      action,
      attributes: action === "update" ? change.changedAttributes() : [],
      imported,
      ...(previousAddress !== undefined && { previousAddress }),
    },
  ];
}

function notesOn(
  plan: Plan,
  found: ReadonlySet<string>,
  accepting: ReadonlyMap<string, string>,
  none: boolean,
): readonly string[] {
  return [
    ...[...accepting.keys()]
      .filter((id) => !found.has(id))
      .map((id) => `Nothing to accept has the id ${JSON.stringify(id)}: take it out of the command.`),
    ...(plan.complete
      ? []
      : [
          "Terraform says that this plan is not the whole change (-target, or changes put off): another plan follows, to be reviewed too.",
        ]),
    ...(plan.deferred.length > 0
      ? [`Terraform puts off ${counted(plan.deferred.length, "change")}, not reviewed here.`]
      : []),
    ...(plan.deposed > 0
      ? [`The plan also clears away ${counted(plan.deposed, "object")} that an earlier replacement left behind.`]
      : []),
    ...refusedByAws(plan.changes),
    ...(none && plan.changes.length > 0 ? ["Nothing in this plan belongs to the monitoring of CloudTrail."] : []),
  ];
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
