import { type Detection, hasRule } from "../definition/detection";
import type { Condition } from "../pattern/condition";
import type { Conjunction } from "../pattern/conjunctions";
import { parsePattern } from "../pattern/conjunctions";
import { type Alternative, alternativesOf, onlyChanges, sourcesOf } from "./alternatives";
import { Draft, type NamedCall } from "./draft";
import { asked, disjoint, without } from "./fields";
import type { Forwarder } from "./forwarder";
import { ForwarderError } from "./forwarder-error";
import { isGlobal } from "./global-sources";

/**
 * The rules that other regions and accounts need, so that whatever a home rule of the detections matches comes home: as few
 * as possible, the same for all. An event of a detection of route `topic` matches one of them alone.
 *
 * @throws ForwarderError when a detection can't be forwarded
 */
export function compileForwarders(detections: readonly Detection[]): readonly Forwarder[] {
  const ruled = detections.filter(hasRule);
  const { calls, others } = sort(ruled.flatMap(alternativesOf));
  const topics = ruled.filter(({ route }) => route === "topic").flatMap(({ pattern }) => parsePattern(pattern));
  const meetsTopic = (conjunction: Conjunction) => topics.some((topic) => !disjoint(conjunction, topic));
  const clear = (conjunctions: readonly Conjunction[]) => !conjunctions.some(meetsTopic);

  const first = new Draft("everywhere");
  const left = { calls: [] as Call[], others: [] as Other[] };
  for (const other of others) {
    if (!meetsTopic(other.conjunction)) left.others.push(other);
    else insist(first, [], other);
  }
  for (const call of calls) {
    if (!meetsTopic(conjunctionOf(call))) left.calls.push(call);
    else if (!first.add([call], [])) throw full(call.detection);
  }

  const drafts = [first];
  for (const where of ["everywhere", "globalRegion"] as const) {
    const own: Draft[] = where === "everywhere" ? [first] : [];
    const place = (addTo: (draft: Draft) => boolean, detection: Detection) => {
      if (own.some((draft) => addTo(draft))) return;
      const draft = new Draft(where);
      if (!addTo(draft)) throw full(detection);
      own.push(draft);
      drafts.push(draft);
    };
    for (const call of left.calls.filter((each) => each.where === where)) {
      place((draft) => draft.add([call], [], draft === first ? undefined : clear), call.detection);
    }
    for (const other of left.others.filter((each) => each.where === where)) {
      place((draft) => draft.add([], [other.conjunction], draft === first ? undefined : clear), other.detection);
    }
  }
  return drafts.filter((draft) => !draft.isEmpty).map(({ pattern, state, where }) => ({ pattern, state, where }));
}

interface Call extends NamedCall {
  readonly detection: Detection;
  readonly where: Forwarder["where"];
}

interface Other extends Alternative {
  readonly where: Forwarder["where"];
}

/** Apart: calls that are known by service and name, once each, and whatever has more to say. */
function sort(alternatives: readonly Alternative[]) {
  const calls = new Map<
    string,
    { name: Condition; sources: Set<string>; detection: Detection; where: Forwarder["where"] }
  >();
  const others: Other[] = [];
  for (const { detection, conjunction } of alternatives) {
    const sources = sourcesOf(conjunction);
    const names = asked(conjunction, "detail.eventName") ?? [];
    if (sources && names.length > 0 && names.every(onlyChanges)) {
      for (const source of sources) {
        const where = isGlobal(source) ? "globalRegion" : "everywhere";
        for (const name of names) {
          const key = `${where} ${JSON.stringify(name)}`;
          const call = calls.get(key) ?? { name, sources: new Set(), detection, where };
          calls.set(key, call);
          call.sources.add(source);
        }
      }
    } else {
      others.push({
        detection,
        conjunction: shortened(conjunction),
        where: sources?.every(isGlobal) ? "globalRegion" : "everywhere",
      });
    }
  }
  const sorted = [...calls.values()]
    .map(({ sources, ...call }): Call => ({ ...call, sources: [...sources].sort() }))
    .sort(
      (a, b) =>
        compare(a.sources[0] ?? "", b.sources[0] ?? "") || compare(JSON.stringify(a.name), JSON.stringify(b.name)),
    );
  return {
    calls: sorted,
    others: [...new Map(others.map((other) => [JSON.stringify(other.conjunction), other])).values()],
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Where the source is listed, the record's own name of the service says nothing more. */
function shortened(conjunction: Conjunction): Conjunction {
  if (!sourcesOf(conjunction)) return conjunction;
  return without(conjunction, (field) => field === "detail.eventSource");
}

function conjunctionOf({ name, sources }: NamedCall): Conjunction {
  return [
    { field: "source", conditions: sources.map((value) => ({ kind: "equals", value })) },
    { field: "detail.eventName", conditions: [name] },
  ];
}

function insist(draft: Draft, calls: readonly NamedCall[], { detection, conjunction }: Other): void {
  if (!draft.add(calls, [conjunction])) throw full(detection);
}

function full(detection: Detection): ForwarderError {
  return new ForwarderError(
    detection.id,
    "the pattern is too long for a rule beside those that match the same events; ask for fewer values, or split the detection",
  );
}
