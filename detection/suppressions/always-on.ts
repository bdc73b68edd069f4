import type { Detection } from "../definition/detection";
import type { EventPattern } from "../pattern/pattern";
import type { Suppression } from "./suppression";

const OWNER = "trailwarden";

/** What the function's and the Scheduler's roles are there to do: what their policies allow. */
const OWN_CALLS = {
  alerts: [
    ...["ReceiveMessage", "DeleteMessage", "GetQueueAttributes", "SendMessage"],
    ...["GetObject", "Publish"],
    ...["Decrypt", "GenerateDataKey"],
    ...["GetItem", "PutItem", "UpdateItem", "Query"],
    ...["CreateLogStream", "PutLogEvents"],
  ],
  schedules: ["SendMessage", "Decrypt"],
};

/**
 * Suppressed without anybody asking: what services do of their own accord, what the monitor itself does, and what those do
 * who deploy it.
 *
 * @param deployers ARNs of roles and users
 */
export function alwaysOn(catalogue: readonly Detection[], deployers: readonly string[]): readonly Suppression[] {
  const idsOf = (wanted: (detection: Detection) => boolean) =>
    catalogue.filter((detection) => detection.route !== "topic" && wanted(detection)).map(({ id }) => id);
  const all: readonly Suppression[] = [
    {
      id: "aws-services",
      detections: idsOf(({ services }) => services !== "judged"),
      pattern: madeBy(
        { type: ["AWSService"] },
        // By path, which only AWS can create roles in; their names are free for anybody to take.
        issuedBy([{ wildcard: "arn:*:iam::*:role/aws-service-role/*" }]),
      ),
      owner: OWNER,
      reason: "Services' own housekeeping",
    },
    {
      id: "monitor-itself",
      detections: "*",
      pattern: {
        detail: {
          // Refused, it can't do its work.
          errorCode: [{ exists: false }],
          $or: Object.entries(OWN_CALLS).map(([role, eventName]) => ({
            eventName,
            userIdentity: issuedBy([
              `arn:{{partition}}:iam::{{account}}:role{{rolePath}}{{prefix}}-${role}-{{region}}`,
            ]),
          })),
        },
      },
      owner: OWNER,
      reason: "The monitor's own work",
    },
    {
      id: "deployers",
      detections: deployers.length > 0 ? idsOf((detection) => detection.deployers === "ignored") : [],
      pattern: madeBy({ type: ["IAMUser"], arn: deployers }, issuedBy(deployers)),
      owner: OWNER,
      reason: "Declared in the configuration to deploy the monitor",
    },
  ];
  return all.filter(({ detections }) => detections.length > 0);
}

function madeBy(...identities: readonly EventPattern[]): EventPattern {
  return { detail: { $or: identities.map((userIdentity) => ({ userIdentity })) } };
}

/** Sessions of a role. */
function issuedBy(arn: EventPattern[string]): EventPattern {
  return { sessionContext: { sessionIssuer: { type: ["Role"], arn } } };
}
