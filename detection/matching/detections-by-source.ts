import type { Detection } from "../definition/detection";
import type { EventEnvelope } from "../events/envelope";
import type { Replacements } from "../pattern/resolve";
import { type EnabledDetections, enableDetections } from "./enabled-detections";
import { matchedDetections } from "./matched-detections";

/**
 * The detections that are switched on, compiled source by source as events of each come: what a cold start compiles before
 * its first alert is a few of them instead of all.
 */
export class DetectionsBySource {
  /** In the catalogue's order. */
  readonly #ranks: ReadonlyMap<Detection, number>;
  /** Of those that are for the events of a few sources, by source; and those that any event may match. */
  readonly #pinned = new Map<string, readonly Detection[]>();
  readonly #others: readonly Detection[];
  readonly #compiled = new Map<readonly Detection[], EnabledDetections>();
  /** Lists of one, so that each is compiled once. */
  readonly #alone = new Map<Detection, readonly Detection[]>();
  readonly #known = new Set<string>();
  readonly #refused = new Set<string>();

  /**
   * @param refused is told once of each that can't be used
   * @param names what the patterns' placeholders stand for
   */
  constructor(
    private readonly detections: readonly Detection[],
    private readonly refused: (detection: Detection, error: Error) => void,
    private readonly names: Replacements = {},
  ) {
    this.#ranks = new Map(detections.map((detection, rank) => [detection, rank]));
    this.#others = detections.filter((detection) => !pinnedSources(detection));
    for (const detection of detections) {
      for (const source of new Set(pinnedSources(detection))) {
        this.#pinned.set(source, [...(this.#pinned.get(source) ?? []), detection]);
      }
    }
  }

  /**
   * The detections that match the event, in their order.
   *
   * @param failed is called for each detection whose matching throws; the others match all the same
   */
  matched(event: EventEnvelope, failed: (detection: Detection, error: unknown) => void): readonly Detection[] {
    const lists = [this.#others, this.#pinned.get(event.source) ?? []];
    let matched: Detection[];
    try {
      matched = lists.flatMap((detections) => this.#asked(detections, event));
    } catch {
      matched = lists.flat().filter((detection) => this.#matchesAlone(detection, event, failed));
    }
    return matched.sort((a, b) => (this.#ranks.get(a) ?? 0) - (this.#ranks.get(b) ?? 0));
  }

  #matchesAlone(
    detection: Detection,
    event: EventEnvelope,
    failed: (detection: Detection, error: unknown) => void,
  ): boolean {
    const alone = this.#alone.get(detection) ?? [detection];
    this.#alone.set(detection, alone);
    try {
      return this.#asked(alone, event).length > 0;
    } catch (error) {
      failed(detection, error);
      return false;
    }
  }

  /** All of them together. */
  all(): EnabledDetections {
    return this.#enable(this.detections);
  }

  #asked(detections: readonly Detection[], event: EventEnvelope): readonly Detection[] {
    let compiled = this.#compiled.get(detections);
    if (!compiled) {
      compiled = this.#enable(detections);
      this.#compiled.set(detections, compiled);
    }
    return matchedDetections(compiled, event);
  }

  /** How many can be used. Compiles what no event has asked for yet, so that what can't is known. */
  usable(): number {
    for (const detection of this.detections) if (!this.#known.has(detection.id)) this.#enable([detection]);
    return this.detections.length - this.#refused.size;
  }

  #enable(detections: readonly Detection[]): EnabledDetections {
    for (const { id } of detections) this.#known.add(id);
    const refuse = (detection: Detection, error: Error): void => {
      if (this.#refused.has(detection.id)) return;
      this.#refused.add(detection.id);
      this.refused(detection, error);
    };
    return enableDetections(detections, refuse, this.names);
  }
}

/** The only sources whose events it can match; undefined where that can't be told at a glance. */
function pinnedSources({ pattern }: Detection): readonly string[] | undefined {
  // An alternative may ask for the source again, and overrides what is asked for outside.
  if (!Array.isArray(pattern.source) || Object.hasOwn(pattern, "$or")) return undefined;
  const sources: readonly unknown[] = pattern.source;
  return sources.every(isServiceName) ? sources : undefined;
}

function isServiceName(source: unknown): source is string {
  return typeof source === "string" && /^aws\.[a-z0-9-]+$/.test(source);
}
