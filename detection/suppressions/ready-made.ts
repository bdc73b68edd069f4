import type { Suppression } from "./suppression";

/** Suppressions that a configuration can enable by name. */
export const READY_MADE = ["ci-roles", "identity-center-sign-in", "console-probes"] as const;

export interface ReadyMadeChoice {
  readonly use: (typeof READY_MADE)[number];
  /** ARNs, for `ci-roles`. */
  readonly roles?: readonly string[] | undefined;
  readonly owner: string;
  readonly reason: string;
  readonly expires: string;
}

/** Disabled by default: what is harmless in many accounts can hide an intruder in others. */
export function readyMade({ use, roles = [], owner, reason, expires }: ReadyMadeChoice): Suppression {
  return { id: use, owner, reason, expires, ...contents(use, roles) };
}

function contents(use: ReadyMadeChoice["use"], roles: readonly string[]): Pick<Suppression, "detections" | "pattern"> {
  switch (use) {
    case "ci-roles":
      return {
        detections: "*",
        pattern: { detail: { userIdentity: { sessionContext: { sessionIssuer: { type: ["Role"], arn: roles } } } } },
      };
    case "identity-center-sign-in":
      return {
        detections: "*",
        pattern: {
          source: ["aws.signin"],
          detail: {
            eventName: ["ConsoleLogin"],
            errorMessage: [{ exists: false }],
            // Some failures have no message.
            responseElements: { ConsoleLogin: [{ "anything-but": ["Failure"] }, { exists: false }] },
            userIdentity: {
              type: ["AssumedRole"],
              arn: [{ wildcard: "arn:*:sts::*:assumed-role/AWSReservedSSO_*" }],
            },
          },
        },
      };
    case "console-probes":
      return {
        detections: ["unauthorized-calls", "unauthorized-calls-burst", "unauthorized-ec2-call"],
        pattern: { detail: { readOnly: [true], sessionCredentialFromConsole: ["true", true] } },
      };
  }
}
