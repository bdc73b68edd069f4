import type { Review, Violation } from "../../plan-review/evaluate";

/** A review for programs. */
export function reviewJson({ refused, accepted, indeterminate, drift, touched, ...rest }: Review): string {
  const json = {
    verdict: refused.length > 0 ? "refused" : "passed",
    refused: refused.map(plain),
    accepted: accepted.map((violation) => ({ ...plain(violation), reason: violation.reason })),
    indeterminate: indeterminate.map(plain),
    drift: drift.map((violation) => ({ ...plain(violation), repaired: violation.repaired })),
    touched: touched.map(({ name: _, region, ...change }) => ({ ...change, region: region ?? null })),
    ...rest,
  };
  return `${JSON.stringify(json, null, 2)}\n`;
}

function plain({ id, check, address, region, because, findings }: Violation) {
  return {
    id,
    check: check.id,
    address,
    region: region ?? null,
    because,
    why: check.why,
    remediation: check.remediation,
    findings: findings.map(({ weakens: _, ...finding }) => finding),
  };
}
