import type { JsonObject } from "../../../detection/events/json";

/** What describers read of a record. */
export interface Call {
  /** Without the version that Lambda and others record behind it. */
  readonly eventName: string;
  /** `ec2`, `iam`. */
  readonly service: string;
  readonly request: JsonObject;
  readonly response: JsonObject;
  readonly record: JsonObject;
  /** The account that the call was made in. */
  readonly account: string | undefined;
}

/** What exactly a call was about, in words; undefined where it knows no better than the general part. */
export type Describe = (call: Call) => string | undefined;

/** Describers by `service:CallName`, or by the call's name alone. */
export type Describers = Readonly<Record<string, Describe>>;
