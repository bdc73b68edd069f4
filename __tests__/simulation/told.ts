/** What a subscriber got. */
export type Told =
  | {
      readonly kind: "alert";
      readonly detection: string;
      readonly severity: string;
      readonly mark: string;
      /** The other detections that the event matches. */
      readonly also: readonly string[];
    }
  | {
      /** Led by a detection that counts: about its window, whichever event it names. */
      readonly kind: "count";
      readonly detection: string;
      readonly severity: string;
      readonly mark: string;
      readonly also: readonly string[];
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
  /** Of an incident; not judged. */
  | { readonly kind: "timeline"; readonly id: string };

type Fields = Readonly<Record<string, unknown>>;

/** @throws Error when the message is none that the design knows */
export function readTold(text: string): Told {
  const message = JSON.parse(text) as Fields;
  const { kind, detection, actor } = message as Readonly<Record<string, string>>;
  switch (kind) {
    case "summary":
      return {
        kind,
        detection: textOf(message, "detection"),
        actor: textOf(message, "actor"),
        windowStart: timeOf(message, "windowStart"),
        count: numberOf(message, "count"),
        total: numberOf(message, "total"),
      };
    case "digest": {
      const sections = message.detections as readonly { readonly detection: string; readonly count: number }[];
      return { kind, counts: new Map(sections.map((section) => [section.detection, section.count])), text };
    }
    case "timeline":
      return { kind, id: textOf(message, "id") };
    case "rate-limit":
      return { kind, until: textOf(message, "until") };
    case undefined: {
      const { count } = message as { readonly count?: Fields };
      const also = message.alsoMatched as readonly { readonly id: string }[];
      const alert = {
        detection: textOf(message, "detection"),
        severity: textOf(message, "severity"),
        mark: textOf(message, "userAgent"),
        also: also.map(({ id }) => id),
      };
      if (count && detection && actor)
        return { kind: "count", ...alert, actor, windowStart: timeOf(count, "windowStart") };
      return { kind: "alert", ...alert };
    }
    default:
      throw new Error(`a message of unknown kind: ${text}`);
  }
}

function textOf(message: Fields, name: string): string {
  const value = message[name];
  if (typeof value !== "string") throw new Error(`${name} is no text in ${JSON.stringify(message)}`);
  return value;
}

function numberOf(message: Fields, name: string): number {
  const value = message[name];
  if (typeof value !== "number") throw new Error(`${name} is no number in ${JSON.stringify(message)}`);
  return value;
}

function timeOf(message: Fields, name: string): number {
  const time = Date.parse(textOf(message, name));
  if (Number.isNaN(time)) throw new Error(`${name} is no time in ${JSON.stringify(message)}`);
  return time;
}
