import type { Forwarder } from "../../../detection/forwarding/forwarder";

/** One of each kind. */
export const SOME_FORWARDERS: readonly Forwarder[] = [
  {
    pattern: { source: [{ prefix: "aws." }], detail: { eventName: ["StopLogging", "DeleteTrail"] } },
    state: "ENABLED",
    where: "everywhere",
  },
  {
    pattern: { source: [{ prefix: "aws." }], detail: { userIdentity: { type: ["Root"] } } },
    state: "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
    where: "everywhere",
  },
  {
    pattern: { source: ["aws.iam"], detail: { eventName: ["CreateUser"] } },
    state: "ENABLED",
    where: "globalRegion",
  },
];
