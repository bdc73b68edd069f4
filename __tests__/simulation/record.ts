import { DEMO_ACCOUNT } from "../../cli/demo/synthesized-stack";
import type { Actor, Template } from "./templates";

export interface RecordProps {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly region: string;
  /** Absent: the record has none. */
  readonly eventID: string | undefined;
  /** Stands as the user agent, which alerts repeat. */
  readonly mark: string;
}

/** A record as CloudTrail writes it. */
export function recordOf(template: Template, actor: Actor, props: RecordProps): Readonly<Record<string, unknown>> {
  return {
    eventVersion: "1.11",
    userIdentity: actor.userIdentity,
    eventTime: isoSeconds(props.time),
    ...template.fields,
    awsRegion: props.region,
    sourceIPAddress: "203.0.113.77",
    userAgent: props.mark,
    requestID: "0b1c2d3e-0000-4000-8000-000000000001",
    ...(props.eventID !== undefined && { eventID: props.eventID }),
    managementEvent: true,
    recipientAccountId: DEMO_ACCOUNT,
    eventCategory: "Management",
  };
}

export function isoSeconds(time: number): string {
  return new Date(time).toISOString().replace(/\.\d+Z$/, "Z");
}
