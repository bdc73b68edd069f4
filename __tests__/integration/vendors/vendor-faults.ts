import { createHash } from "node:crypto";
import { Random } from "../../../tools/random";
import type { VendorFault, VendorFaultPlan } from "./vendor-servers";

const BUSY: VendorFault = { status: 429, headers: { "retry-after": "30" }, body: "too many requests" };
const DOWN: VendorFault = { status: 503, body: "down for maintenance" };

/** Requests of which some certainly come: those that only patience meets, and those that a process does not survive. */
const CERTAIN: Readonly<Record<string, Readonly<Record<number, VendorFault>>>> = {
  slack: { 2: BUSY, 5: "kill" },
  teams: { 3: DOWN, 4: DOWN, 5: DOWN, 6: DOWN },
  // Side by side, so that they cost ten seconds together.
  pagerduty: { 0: "slow" },
  webhook: { 0: "slow" },
  jira: { 1: "cut-after", 7: "kill" },
};

/** How often each fault comes, of a hundred requests. */
const PER_HUNDRED: readonly (readonly [number, VendorFault])[] = [
  [5, BUSY],
  [5, DOWN],
  [4, "cut-before"],
  [5, "cut-after"],
];

/** The same faults for the same seed. */
export function vendorFaults(seed: number): VendorFaultPlan {
  return (vendor, n) => {
    const certain = CERTAIN[vendor]?.[n];
    if (certain !== undefined) return certain;
    const random = new Random(createHash("sha256").update(`${seed} ${vendor} ${n}`).digest().readUInt32BE(0));
    let left = random.below(100);
    for (const [weight, fault] of PER_HUNDRED) {
      if (left < weight) return fault;
      left -= weight;
    }
    return undefined;
  };
}
