import type { Detection } from "../definition/detection";
import { covers } from "../pattern/analysis/covers";
import { implied } from "../pattern/analysis/implied";
import type { Condition } from "../pattern/condition";
import type { Conjunction } from "../pattern/conjunctions";
import { alternativesOf, EVERY_SOURCE, onlyChanges, sourcesOf } from "./alternatives";
import { combine } from "./combine";
import { fits, type NamedCall } from "./draft";
import { asked, without } from "./fields";
import type { Forwarder } from "./forwarder";
import { ForwarderError } from "./forwarder-error";
import { type Gate, outside } from "./gates";
import { isGlobal } from "./global-sources";
import { weaken } from "./weaken";

/** A call that is known by its name and the services that have it. */
export interface Call extends NamedCall {
  readonly detection: Detection;
  readonly where: Forwarder["where"];
}

/** What else a detection looks for; all of it fits into one rule. */
export interface Bundle {
  readonly detection: Detection;
  readonly conjunctions: readonly Conjunction[];
  readonly where: Forwarder["where"];
}

export interface Gathered {
  /** Each name once, by service and name. */
  readonly calls: readonly Call[];
  readonly bundles: readonly Bundle[];
  /** What can't be kept apart from what passes a gate: it has to be in the same rule. */
  readonly unclear: readonly Bundle[];
}

/**
 * Takes the detections' patterns apart, and leaves out what passes a gate.
 *
 * @throws ForwarderError
 */
export function gather(detections: readonly Detection[], gates: readonly Gate[]): Gathered {
  const calls = new Calls();
  const bundles: Bundle[] = [];
  const unclear: Bundle[] = [];
  const passing = gates.map((gate): Conjunction => [EVERY_SOURCE, gate]);
  const kept = new Set(gates.map(({ field }) => field));
  for (const detection of detections) {
    const others: Record<Forwarder["where"], Conjunction[]> = { everywhere: [], globalRegion: [] };
    const inSameRule: Conjunction[] = [];
    for (const conjunction of alternativesOf(detection)) {
      if (passing.some((each) => covers([each], [conjunction]))) continue;
      const part = outside(conjunction, gates);
      if (part === undefined) continue;
      if (part === "unclear") inSameRule.push(shortened(conjunction));
      else if (!calls.add(detection, part))
        for (const [where, split] of byRegion(shortened(part))) others[where].push(split);
    }
    for (const where of ["everywhere", "globalRegion"] as const) {
      if (others[where].length > 0)
        bundles.push({ detection, where, conjunctions: fitted(detection, others[where], kept) });
    }
    if (inSameRule.length > 0) {
      unclear.push({ detection, where: "everywhere", conjunctions: fitted(detection, inSameRule, new Set()) });
    }
  }
  return { calls: calls.sorted(), bundles: withoutRepeated(bundles), unclear };
}

class Calls {
  readonly #calls = new Map<
    string,
    { name: Condition; sources: Set<string>; detection: Detection; where: Forwarder["where"] }
  >();

  /** Whether the conjunction is about calls that are known by service and name, and only change something. */
  add(detection: Detection, conjunction: Conjunction): boolean {
    const sources = sourcesOf(conjunction);
    const names = asked(conjunction, "detail.eventName") ?? [];
    if (!sources || names.length === 0 || !names.every(onlyChanges)) return false;
    for (const source of sources) {
      const where = isGlobal(source) ? "globalRegion" : "everywhere";
      for (const name of names) {
        const key = `${where} ${JSON.stringify(name)}`;
        const call = this.#calls.get(key) ?? { name, sources: new Set(), detection, where };
        this.#calls.set(key, call);
        call.sources.add(source);
      }
    }
    return true;
  }

  sorted(): readonly Call[] {
    const all = [...this.#calls.values()];
    const prefixes = all.filter(({ name }) => name.kind === "prefix");
    const widerThan = (call: (typeof all)[number]) =>
      prefixes.find((other) => other !== call && other.where === call.where && implied([call.name], [other.name]));
    for (const call of all) {
      const wider = widerThan(call);
      if (wider) for (const source of call.sources) wider.sources.add(source);
    }
    return all
      .filter((call) => !widerThan(call))
      .map(({ sources, ...call }): Call => ({ ...call, sources: [...sources].sort() }))
      .sort(
        (a, b) =>
          compare(a.sources[0] ?? "", b.sources[0] ?? "") || compare(JSON.stringify(a.name), JSON.stringify(b.name)),
      );
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Where source and name are listed, the record's own name of the service says nothing more, nor does the kind of event. */
function shortened(conjunction: Conjunction): Conjunction {
  if (!sourcesOf(conjunction) || !asked(conjunction, "detail.eventName")) return conjunction;
  return without(conjunction, (field) => field === "detail.eventSource" || field === "detail-type");
}

function byRegion(conjunction: Conjunction): readonly (readonly [Forwarder["where"], Conjunction])[] {
  const sources = sourcesOf(conjunction);
  if (!sources) return [["everywhere", conjunction]];
  const split = (test: (source: string) => boolean): Conjunction =>
    conjunction.map((each) =>
      each.field === "source"
        ? { ...each, conditions: sources.filter(test).map((value) => ({ kind: "equals", value })) }
        : each,
    );
  return [
    ...(sources.some(isGlobal) ? [["globalRegion", split(isGlobal)] as const] : []),
    ...(sources.every(isGlobal) ? [] : [["everywhere", split((source) => !isGlobal(source))] as const]),
  ];
}

function fitted(detection: Detection, conjunctions: readonly Conjunction[], kept: ReadonlySet<string>) {
  let fitting: readonly Conjunction[] | undefined = combine(conjunctions);
  while (fitting && !fits(fitting)) fitting = weaken(fitting, kept);
  if (fitting) return fitting;
  throw new ForwarderError(
    detection.id,
    "its pattern has no short form that still tells its events from all others of the services; list detail.eventName, or split the detection in two",
  );
}

/** Of what two detections look for, each once. */
function withoutRepeated(bundles: readonly Bundle[]): readonly Bundle[] {
  const seen: Conjunction[] = [];
  return bundles.flatMap((bundle) => {
    const conjunctions = bundle.conjunctions.filter((each) => !seen.some((other) => covers([other], [each])));
    if (bundle.where === "everywhere") seen.push(...conjunctions);
    return conjunctions.length > 0 ? [{ ...bundle, conjunctions }] : [];
  });
}
