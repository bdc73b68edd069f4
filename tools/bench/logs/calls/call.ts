import type { Account } from "./account";
import type { CallerKind } from "./callers";

/** What differs from one making of a call to the next; what is absent is not in the record, or null. */
export interface Details {
  readonly requestParameters?: unknown;
  readonly responseElements?: unknown;
  readonly additionalEventData?: unknown;
  readonly resources?: readonly unknown[];
  readonly errorCode?: string;
  readonly errorMessage?: string;
}

/** A call that is made in many accounts all day and is none of the catalogue's business. */
export interface Call {
  /** How often, beside the others. */
  readonly weight: number;
  /** As in `eventSource`, before `.amazonaws.com`. */
  readonly service: string;
  readonly name: string;
  readonly by: readonly CallerKind[];
  /** @default - it only reads */
  readonly writes?: true;
  /** @default "AwsApiCall" */
  readonly eventType?: string;
  /** @default - nothing was asked for */
  readonly details?: (account: Account) => Details;
}

export function keyResource(account: Account): readonly unknown[] {
  const key = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0";
  return [{ accountId: "111122223333", type: "AWS::KMS::Key", ARN: account.arn("kms", `key/${key}`) }];
}
