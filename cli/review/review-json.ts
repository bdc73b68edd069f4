import type { Concern, Review } from "../../plan-review/judge";

/** A review for programs. */
export function reviewJson({ refused, accepted, cannotTell: indeterminate, drift, ...rest }: Review): string {
  const json = {
    verdict: refused.length > 0 ? "refused" : "fine",
    refused: refused.map(plain),
    accepted: accepted.map((concern) => ({ ...plain(concern), reason: concern.reason })),
    indeterminate: indeterminate.map(plain),
    drift: drift.map((concern) => ({ ...plain(concern), repaired: concern.repaired })),
    ...rest,
  };
  return `${JSON.stringify(json, null, 2)}\n`;
}

function plain({ id, check, address, because, findings }: Concern) {
  return {
    id,
    check: check.id,
    address,
    because,
    why: check.why,
    remediation: check.mend,
    findings: findings.map(({ weakens: _, ...finding }) => finding),
  };
}
