import type { Vendor, VendorAnswer, VendorOutcome, VendorRequest } from "./vendor";

/** A vendor that has done all of what a request asks for when its answer is slow or cut, as a real one would have. */
export function failingVendor(
  hosts: readonly string[],
  violations: string[],
  handle: (request: VendorRequest) => VendorAnswer,
): Vendor {
  const failures: (VendorOutcome | undefined)[] = [];
  return {
    hosts,
    violations,
    failures,
    answer: (request) => {
      const failure = failures.shift();
      if (failure === undefined) return handle(request);
      if (failure === "slow" || failure === "cut") handle(request);
      return failure;
    },
  };
}
