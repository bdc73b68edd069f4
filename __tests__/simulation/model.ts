import type { Detection } from "../../detection/definition/detection";
import type { ChaosEvent } from "./events";

const MINUTE = 60_000;
/** Minutes that are grouped together unless a detection says otherwise. */
const GROUP_MINUTES = 15;

/** What the model needs to know of a detection. */
export interface Watched extends Pick<Detection, "id" | "tier"> {
  readonly count?: { readonly threshold: number; readonly minutes: number; readonly by?: readonly string[] };
  readonly group?: { readonly minutes?: number; readonly by?: readonly string[] };
}

/** Events of one detection and actor (or whatever else it goes by) in one window: what must be told of them, worked out from the records alone. */
export interface Group {
  readonly detection: string;
  readonly kind: "group" | "count";
  readonly actors: ReadonlySet<string>;
  readonly windowStart: number;
  readonly marks: ReadonlySet<string>;
  /** Of a detection that counts: how many make an alert. */
  readonly threshold: number;
}

export interface Expected {
  readonly groups: readonly Group[];
  /** The detections of tier `alert` that each event matches, by its mark. */
  readonly detections: ReadonlyMap<string, ReadonlySet<string>>;
  /** The same by the record's event id, of those that have one. */
  readonly byEventId: ReadonlyMap<string, ReadonlySet<string>>;
  /** Events that the digests must tell of, by detection. */
  readonly digested: ReadonlyMap<string, ReadonlySet<string>>;
}

export function expectedOf(events: readonly ChaosEvent[], catalogue: readonly Watched[]): Expected {
  const groups = new Map<string, Group & Record<"actors" | "marks", Set<string>>>();
  const alerting = new Map<string, Set<string>>();
  const digested = new Map<string, Set<string>>();
  for (const { mark, time, actor, record, detections } of events) {
    for (const id of detections) {
      const detection = catalogue.find((one) => one.id === id);
      if (!detection || detection.tier === "signal") continue;
      if (detection.tier === "digest") {
        digested.set(id, (digested.get(id) ?? new Set()).add(mark));
        continue;
      }
      const { count, group: grouping } = detection;
      const length = (count?.minutes ?? grouping?.minutes ?? GROUP_MINUTES) * MINUTE;
      const windowStart = Math.floor(time / length) * length;
      const by = (count ?? grouping)?.by;
      const key = `${id} ${by ? JSON.stringify(by.map((field) => fieldOf(record, field))) : actor} ${windowStart}`;
      const group = groups.get(key) ?? {
        detection: id,
        kind: count ? "count" : "group",
        actors: new Set(),
        windowStart,
        marks: new Set(),
        threshold: count?.threshold ?? 1,
      };
      groups.set(key, group);
      group.actors.add(actor);
      group.marks.add(mark);
      alerting.set(mark, (alerting.get(mark) ?? new Set()).add(id));
    }
  }
  const byEventId = new Map(
    events.flatMap(({ mark, record }) => {
      const id = fieldOf(record, "eventID");
      return typeof id === "string" ? [[id, alerting.get(mark) ?? new Set<string>()] as const] : [];
    }),
  );
  return { groups: [...groups.values()], detections: alerting, byEventId, digested };
}

function fieldOf(record: unknown, path: string): unknown {
  return path.split(".").reduce((value, field) => (value as Record<string, unknown> | undefined)?.[field], record);
}
