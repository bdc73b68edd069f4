import type { Expected, Group } from "./model";
import { isoSeconds } from "./record";
import type { Membership, Told } from "./told";

/** How long after its first alert an incident has others, the configuration's default. */
const INCIDENT_MS = 60 * 60_000;

export interface Verdict {
  readonly alerts: number;
  readonly summaries: number;
  readonly timelines: number;
  /** What should have been told and was not, a line each. */
  readonly lost: readonly string[];
  /** What was told more than once: one line for each time too many. */
  readonly duplicates: readonly string[];
  /** What was told and should not have been, a line each. */
  readonly wrong: readonly string[];
}

type Of<Kind extends Told["kind"]> = Extract<Told, { readonly kind: Kind }>;

/** Holds what subscribers got against what they must have got. */
export function judge(expected: Expected, told: readonly Told[]): Verdict {
  return new Judge(expected, told).verdict();
}

class Judge {
  readonly #lost: string[] = [];
  readonly #duplicates: string[] = [];
  readonly #wrong: string[] = [];

  constructor(
    private readonly expected: Expected,
    private readonly told: readonly Told[],
  ) {}

  verdict(): Verdict {
    this.#nobodyKnows();
    this.#events();
    for (const group of this.expected.groups) {
      if (group.kind === "group") this.#grouped(group);
      else this.#counted(group);
    }
    this.#digested();
    this.#floods();
    this.#incidents();
    const alerts = this.#all("alert").length + this.#all("count").length;
    return {
      alerts,
      summaries: this.#all("summary").length,
      timelines: this.#all("timeline").length,
      lost: this.#lost,
      duplicates: this.#duplicates,
      wrong: this.#wrong,
    };
  }

  #all<Kind extends Told["kind"]>(kind: Kind): readonly Of<Kind>[] {
    return this.told.filter((one): one is Of<Kind> => one.kind === kind);
  }

  /** Every alert, whatever leads it. */
  get #alerts(): readonly (Of<"alert"> | Of<"count">)[] {
    return [...this.#all("alert"), ...this.#all("count")];
  }

  /** One event alerts once, unless the later alert is a more severe one of a window that counts. */
  #events(): void {
    for (const mark of new Set(this.#alerts.map((alert) => alert.mark))) {
      const of = this.#alerts.filter((alert) => alert.mark === mark);
      // Twice of one count is judged with its window.
      const alerts = of.filter(
        ({ kind, detection }, number) =>
          kind === "alert" || of.findIndex((one) => one.detection === detection) === number,
      );
      const severities = new Set(alerts.map(({ severity }) => severity));
      const risen = alerts.some(({ kind }) => kind === "count") ? severities.size - 1 : 0;
      this.#repeated(alerts.length - risen, `alerts of ${mark}`);
    }
  }

  /** What is told of something that did not happen. */
  #nobodyKnows(): void {
    const { groups, detections } = this.expected;
    for (const { mark, detection, also } of this.#alerts) {
      const named = [detection, ...also].sort();
      const matched = [...(detections.get(mark) ?? [])].sort();
      if (matched.length > 0 && named.join() !== matched.join()) {
        this.#wrong.push(`alert of ${mark}: it names ${named.join(", ")}, the event matches ${matched.join(", ")}`);
      }
    }
    for (const { detection, mark } of this.#all("alert")) {
      if (!groups.some((group) => group.kind === "group" && group.detection === detection && group.marks.has(mark))) {
        this.#wrong.push(`alert ${detection} ${mark}: nothing that it is true of`);
      }
    }
    for (const message of [...this.#all("summary"), ...this.#all("count")]) {
      const group = groups.find((one) => isAbout(message, one));
      const rightly = group && (message.kind === "summary" || group.marks.size >= group.threshold);
      if (!rightly) {
        const { kind, detection, actor, windowStart } = message;
        this.#wrong.push(`${kind} ${detection} ${actor} ${isoSeconds(windowStart)}: nothing that it is true of`);
      }
    }
  }

  #grouped(group: Group): void {
    const name = nameOf(group);
    const alerts = this.#all("alert").filter(
      ({ detection, mark }) => detection === group.detection && group.marks.has(mark),
    );
    const alerted = new Set(alerts.map(({ mark }) => mark));
    if (alerted.size > 1) this.#wrong.push(`${name}: ${alerted.size} of its events alerted, all but one should fold`);
    const named = this.#names(group);
    if (!named && this.#all("rate-limit").length === 0) {
      this.#lost.push(`${name}: no alert at its beginning`);
    }
    const summed = this.#covered(group, name);
    // The window's alert may be named in one that another detection leads.
    const must = group.marks.size - Math.max(alerted.size, Number(named));
    const may = group.marks.size - alerted.size;
    if (summed < must) this.#lost.push(`${name}: summaries tell of ${summed}, ${must} were left to them`);
    for (let extra = may; extra < summed; extra++) this.#duplicates.push(`${name}: in a summary, told otherwise too`);
  }

  /** Whether an alert of one of the group's events names its detection. */
  #names({ detection, marks }: Group): boolean {
    return this.#alerts.some((alert) => marks.has(alert.mark) && [alert.detection, ...alert.also].includes(detection));
  }

  /**
   * How many members the summaries tell of: each covers the numbers from what earlier ones had told to its total. One that
   * covers what another has covered repeats it.
   */
  #covered(group: Group, name: string): number {
    const covered = new Set<number>();
    for (const { count, total } of this.#all("summary").filter((summary) => isAbout(summary, group))) {
      const numbers = Array.from({ length: count }, (_, index) => total - index);
      if (numbers.some((number) => covered.has(number)))
        this.#duplicates.push(`${name}: summary of ${count} to ${total}`);
      for (const number of numbers) covered.add(number);
    }
    return covered.size;
  }

  #counted(group: Group): void {
    if (group.marks.size < group.threshold) return;
    const times = this.#all("count").filter((alert) => isAbout(alert, group)).length;
    const summed = this.#all("summary").filter((summary) => isAbout(summary, group)).length;
    if (times + summed === 0 && !this.#names(group))
      this.#lost.push(`${nameOf(group)}: ${group.marks.size} events, none told`);
    this.#repeated(times + summed, nameOf(group));
  }

  #digested(): void {
    const digests = this.#all("digest");
    for (const detection of new Set(digests.flatMap(({ counts }) => [...counts.keys()]))) {
      if (!this.expected.digested.has(detection)) this.#wrong.push(`digest ${detection}: nothing that it is true of`);
    }
    let repeated = 0;
    for (const [detection, marks] of this.expected.digested) {
      const counts = digests.map((digest) => digest.counts.get(detection) ?? 0).sort((a, b) => b - a);
      let sum = counts.reduce((total, count) => total + count, 0);
      if (sum < marks.size) this.#lost.push(`digest ${detection}: tells of ${sum}, there were ${marks.size}`);
      let tooMany = 0;
      for (const count of counts) {
        if (sum <= marks.size) break;
        sum -= count;
        tooMany++;
      }
      repeated = Math.max(repeated, tooMany);
    }
    this.#repeated(repeated + 1, "digest");
  }

  #floods(): void {
    const floods = this.#all("rate-limit");
    for (const until of new Set(floods.map((flood) => flood.until))) {
      this.#repeated(floods.filter((flood) => flood.until === until).length, `flood notice until ${until}`);
    }
  }

  /** Every alert of an incident of several stands in a timeline of it, and a timeline has nothing else. */
  #incidents(): void {
    const timelines = this.#all("timeline");
    const members = new Map<string, Membership[]>();
    for (const { incident } of this.#alerts) {
      if (incident) members.set(incident.id, [...(members.get(incident.id) ?? []), incident]);
    }
    for (const [id, alerts] of members) {
      const eventIds = new Set(alerts.map(({ eventId }) => eventId));
      if (new Set(alerts.map(({ actor }) => actor)).size > 1)
        this.#wrong.push(`incident ${id}: alerts of several callers`);
      const whole = timelines.some(
        ({ incident, steps, more }) =>
          incident === id && (more > 0 || [...eventIds].every((one) => steps.some(({ eventId }) => eventId === one))),
      );
      if (eventIds.size > 1 && !whole) this.#lost.push(`incident ${id}: no timeline has its ${eventIds.size} alerts`);
    }
    for (const timeline of timelines) this.#timeline(timeline, members.has(timeline.incident));
    for (const id of new Set(timelines.map(({ incident }) => incident))) {
      // One that has been reopened has another timeline, with more.
      const sizes = timelines.filter(({ incident }) => incident === id).map(({ steps, more }) => steps.length + more);
      this.#repeated(1 + sizes.length - new Set(sizes).size, `timeline of ${id}`);
    }
  }

  #timeline({ incident, startedAt, steps, more }: Of<"timeline">, isKnown: boolean): void {
    const wrong = (what: string) => this.#wrong.push(`timeline of ${incident}: ${what}`);
    if (!isKnown) wrong("no alert of such an incident");
    if (steps.length + more < 2) wrong("one alert alone");
    if (new Set(steps.map(({ eventId }) => eventId)).size < steps.length) wrong("an event twice");
    if (steps.some(({ time }, index) => time < (steps[index - 1]?.time ?? 0))) wrong("not in order");
    for (const { eventId, time, detection } of steps) {
      const matched = this.expected.byEventId.get(eventId);
      // Of an event without an id the record doesn't say what the timeline calls it.
      if (matched && !matched.has(detection)) wrong(`${eventId} does not match ${detection}`);
      if (Math.abs(time - startedAt) >= INCIDENT_MS) wrong(`${eventId} is too far from its beginning`);
    }
  }

  #repeated(times: number, what: string): void {
    for (let time = 1; time < times; time++) this.#duplicates.push(what);
  }
}

function isAbout(message: Of<"summary"> | Of<"count">, group: Group): boolean {
  return (
    message.detection === group.detection &&
    group.actors.has(message.actor) &&
    message.windowStart === group.windowStart
  );
}

function nameOf({ detection, actors, windowStart }: Group): string {
  return `${detection} by ${[...actors].join(", ")} from ${isoSeconds(windowStart)}`;
}
