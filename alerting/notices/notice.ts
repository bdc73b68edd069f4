import type { Notification } from "../notification/notification";

/** A message to people and machines, in the form of each channel. */
export interface Notice {
  /** Of the email. */
  readonly subject: string;
  readonly email: string;
  readonly sms: string;
  /** For queues and web hooks. */
  readonly json: Notification;
  /** What subscribers filter on. */
  readonly attributes: {
    /** `update`: a later alert of an incident, not more severe than those before it. */
    readonly kind: Notification["kind"] | "update";
    readonly severity: string;
    readonly detection: string;
    readonly account: string;
    readonly region: string;
  };
}

/** SNS takes printable ASCII of less than 100 characters. Source: API_Publish. */
export const SUBJECT_LENGTH = 99;
/** One SMS carries 140 bytes. */
export const SMS_BYTES = 140;
/** Stands in the place of a runbook's `contain` where the call failed. */
export const NOTHING_TO_UNDO = "The call failed: there is nothing to undo.";
