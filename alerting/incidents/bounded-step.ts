import { oneLine } from "../../detection/events/text";
import type { IncidentStep } from "./incident";

/** Bytes of UTF-8 that a step keeps of each text: 2.1 KB in all. */
const BYTES = {
  eventId: 160,
  detection: 128,
  title: 256,
  eventName: 128,
  account: 64,
  region: 64,
  actor: 400,
  sourceIPAddress: 128,
  what: 600,
} as const satisfies { readonly [Text in keyof IncidentStep]?: number };

/** The step with every text on one line and cut, so that `MOST_STEPS` of them fit into one item. Cutting it again changes nothing. */
export function boundedStep(step: IncidentStep): IncidentStep {
  const texts = Object.entries(BYTES).map(([name, bytes]) => [name, cutBytes(step[name as keyof typeof BYTES], bytes)]);
  return { ...step, ...Object.fromEntries(texts) };
}

function cutBytes(text: string, bytes: number): string {
  const line = oneLine(text, bytes);
  if (Buffer.byteLength(line) <= bytes) return line;
  const kept: string[] = [];
  // `…` takes three.
  let room = bytes - 3;
  for (const character of line.replace(/…$/, "")) {
    room -= Buffer.byteLength(character);
    if (room < 0) break;
    kept.push(character);
  }
  return `${kept.join("").trimEnd()}…`;
}
