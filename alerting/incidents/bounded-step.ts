import { oneLine } from "../../detection/events/text";
import type { IncidentStep } from "./incident";

/** Characters that a step keeps of each text; of characters of more than two bytes fewer: a step has 2.5 KB at most. */
const CHARACTERS = {
  callId: 160,
  eventId: 128,
  detection: 128,
  title: 128,
  eventName: 128,
  account: 64,
  region: 64,
  actor: 200,
  sourceIPAddress: 128,
  what: 300,
} as const satisfies { readonly [Text in keyof IncidentStep]?: number };

/** The step with every text on one line and cut, so that `MOST_STEPS` of them fit into one item. Cutting it again changes nothing. */
export function boundedStep(step: IncidentStep): IncidentStep {
  const texts = Object.entries(CHARACTERS).map(([name, characters]) => [
    name,
    cutBytes(oneLine(step[name as keyof typeof CHARACTERS], characters), 2 * characters),
  ]);
  return { ...step, ...Object.fromEntries(texts) };
}

function cutBytes(line: string, bytes: number): string {
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
