import { createHash } from "node:crypto";
import { Random } from "../../../tools/random";
import type { Call } from "./request";

/**
 * What can go wrong with a request:
 *
 * - `drop`: the connection breaks before the service has it
 * - `lose`: the service does it, the answer is lost
 * - `cut`: the service does it, the answer breaks off half-way
 * - `stall`: the service does it, the answer never comes
 * - `late`: nothing happens until the client has given up; then the service does it
 * - `error`: the service answers 500 and does nothing
 * - `unavailable`: the service answers 503 and does nothing
 * - `throttle`: the service asks for patience and does nothing
 * - `kill-before`, `kill-after`: the function's process is killed before the service has the request, or after it has done it
 */
export const FAULTS = [
  "drop",
  "lose",
  "cut",
  "stall",
  "late",
  "error",
  "unavailable",
  "throttle",
  "kill-before",
  "kill-after",
] as const;

export type Fault = (typeof FAULTS)[number];

/** Says what goes wrong with the nth request (from 0) of an operation that comes through a door. */
export type FaultPlan = (door: string, call: Call, n: number) => Fault | undefined;

export const noFaults: FaultPlan = () => undefined;

/** How often each fault comes, of ten thousand requests. Those that a client waits for are rare: they take time. */
const PER_TEN_THOUSAND: Readonly<Record<Fault, number>> = {
  drop: 20,
  lose: 20,
  cut: 8,
  stall: 1,
  late: 1,
  error: 20,
  unavailable: 15,
  throttle: 30,
  "kill-before": 8,
  "kill-after": 10,
};
/** So many times as often for a Publish: there are few, and nothing else can be told twice. */
const FOR_A_PUBLISH = 8;

/**
 * The same faults for the same seed, whatever order requests of different operations come in. Faults come in bursts too: a
 * service that is out of sorts is so for several requests on end.
 */
export function seededFaults(seed: number, perTenThousand = PER_TEN_THOUSAND): FaultPlan {
  const choices = Object.entries(perTenThousand) as [Fault, number][];
  return (door, { service, operation }, n) => {
    const random = randomFor(`${seed} ${door} ${service} ${operation} ${n}`);
    const burst = randomFor(`${seed} ${service} burst ${Math.floor(n / 8)}`);
    if (burst.chance(0.01) && random.chance(0.5))
      return burst.pick(["unavailable", "throttle", "drop", "lose"] as const);
    let left = random.below(10_000 / (operation === "Publish" ? FOR_A_PUBLISH : 1));
    for (const [fault, weight] of choices) {
      if (left < weight) return fault;
      left -= weight;
    }
    return undefined;
  };
}

function randomFor(text: string): Random {
  return new Random(createHash("sha256").update(text).digest().readUInt32BE(0));
}
