/** What a vendor's server of ours gets; names of headers in lower case. */
export interface VendorRequest {
  readonly method: string;
  readonly host: string;
  /** With its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface VendorAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** `cut`: the connection ends without an answer; `slow`: no answer in time. */
export type VendorOutcome = VendorAnswer | "cut" | "slow";

/** A vendor's server: whoever serves it over HTTPS, or calls it, gives it the requests in order. */
export interface Vendor {
  readonly hosts: readonly string[];
  readonly answer: (request: VendorRequest) => VendorOutcome;
  /** What comes instead of an answer to the next requests, in order; `undefined` for one that is answered. */
  readonly failures: (VendorOutcome | undefined)[];
  /** What the requests had against the vendor's published schema and limits. */
  readonly violations: string[];
}

export function jsonAnswer(status: number, body: object, headers: Readonly<Record<string, string>> = {}): VendorAnswer {
  return {
    status,
    headers: { "content-type": "application/json; charset=utf-8", ...headers },
    body: JSON.stringify(body),
  };
}
