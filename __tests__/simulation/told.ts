import { isObject, type JsonObject, objectAt } from "../../detection/events/json";

/** What a subscriber got. */
export type Told =
  | {
      readonly kind: "alert";
      readonly detection: string;
      readonly severity: string;
      readonly mark: string;
      /** The other detections that the event matches. */
      readonly also: readonly string[];
      readonly incident?: Membership;
    }
  | {
      /** Led by a detection that counts: about its window, whichever event it names. */
      readonly kind: "count";
      readonly detection: string;
      readonly severity: string;
      readonly mark: string;
      readonly also: readonly string[];
      readonly incident?: Membership;
      readonly actor: string;
      readonly windowStart: number;
    }
  | {
      readonly kind: "summary";
      readonly detection: string;
      readonly actor: string;
      readonly windowStart: number;
      /** Members that this one tells of, and all summaries of the window up to it. */
      readonly count: number;
      readonly total: number;
    }
  | { readonly kind: "digest"; readonly counts: ReadonlyMap<string, number>; readonly text: string }
  | { readonly kind: "rate-limit"; readonly until: string }
  | {
      readonly kind: "timeline";
      /** The incident's id. */
      readonly incident: string;
      readonly startedAt: number;
      readonly steps: readonly { readonly eventId: string; readonly time: number; readonly detection: string }[];
      /** Alerts beyond those in `steps`. */
      readonly more: number;
    };

/** What an alert says of its incident. */
export interface Membership {
  readonly id: string;
  readonly eventId: string;
  /** Who, in words. */
  readonly actor: string;
}

/** @throws Error when the message is none that the design knows */
export function readTold(text: string): Told {
  const message = JSON.parse(text) as JsonObject;
  switch (message.kind) {
    case "alert":
      return alertOf(message);
    case "summary":
      return {
        kind: "summary",
        detection: textOf(objectAt(message, "detection"), "id"),
        actor: textOf(listOf(message, "actors")[0] ?? {}, "actor"),
        windowStart: timeOf(message, "windowStart"),
        count: numberOf(message, "count"),
        total: numberOf(message, "total"),
      };
    case "digest": {
      const counts = listOf(message, "detections").map((one) => [textOf(one, "id"), numberOf(one, "count")] as const);
      return { kind: "digest", counts: new Map(counts), text };
    }
    case "timeline":
      return timelineOf(message);
    case "rate-limit":
      return { kind: "rate-limit", until: textOf(message, "until") };
    default:
      throw new Error(`a message of unknown kind: ${text}`);
  }
}

function alertOf(message: JsonObject): Told {
  const actor = textOf(objectAt(message, "actor"), "description");
  const incident = objectAt(message, "incident");
  const eventId = textOf(objectAt(message, "event"), "id");
  const alert = {
    detection: textOf(objectAt(message, "detection"), "id"),
    severity: textOf(message, "severity"),
    mark: textOf(message, "userAgent"),
    also: listOf(message, "alsoMatched").map((one) => textOf(one, "id")),
    // What could not be joined to one has none.
    ...(message.incident !== undefined && { incident: { id: textOf(incident, "id"), eventId, actor } }),
  };
  if (message.count === undefined) return { kind: "alert", ...alert };
  return { kind: "count", ...alert, actor, windowStart: timeOf(objectAt(message, "count"), "windowStart") };
}

function timelineOf(message: JsonObject): Told {
  const incident = objectAt(message, "incident");
  return {
    kind: "timeline",
    incident: textOf(incident, "id"),
    startedAt: timeOf(incident, "startedAt"),
    steps: listOf(message, "steps").map((step) => ({
      eventId: textOf(step, "eventId"),
      time: timeOf(step, "time"),
      detection: textOf(objectAt(step, "detection"), "id"),
    })),
    more: numberOf(message, "more"),
  };
}

function listOf(message: JsonObject, name: string): readonly JsonObject[] {
  const value = message[name];
  if (!Array.isArray(value) || !value.every(isObject))
    throw new Error(`${name} is no list of objects in ${JSON.stringify(message)}`);
  return value;
}

function textOf(message: JsonObject, name: string): string {
  const value = message[name];
  if (typeof value !== "string") throw new Error(`${name} is no text in ${JSON.stringify(message)}`);
  return value;
}

function numberOf(message: JsonObject, name: string): number {
  const value = message[name];
  if (typeof value !== "number") throw new Error(`${name} is no number in ${JSON.stringify(message)}`);
  return value;
}

function timeOf(message: JsonObject, name: string): number {
  const time = Date.parse(textOf(message, name));
  if (Number.isNaN(time)) throw new Error(`${name} is no time in ${JSON.stringify(message)}`);
  return time;
}
