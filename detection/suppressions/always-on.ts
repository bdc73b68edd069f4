import type { Detection } from "../definition/detection";
import type { EventPattern } from "../pattern/pattern";
import type { Suppression } from "./suppression";

const OWNER = "trailwarden";

/** Expected calls of the functions' and the Scheduler's roles: what their policies allow. */
const OWN_CALLS = {
  alerts: [
    ...["ReceiveMessage", "DeleteMessage", "GetQueueAttributes", "SendMessage"],
    ...["GetObject", "Publish", "ListAccountAliases"],
    ...["Decrypt", "GenerateDataKey"],
    ...["GetItem", "PutItem", "UpdateItem", "Query"],
    ...["CreateLogStream", "PutLogEvents"],
    ...["ListRoots", "ListOrganizationalUnitsForParent", "ListAccountsForParent", "ListTagsForResource"],
  ],
  notifier: [
    ...["ReceiveMessage", "DeleteMessage", "GetQueueAttributes", "ChangeMessageVisibility", "SendMessage"],
    ...["GetItem", "PutItem", "UpdateItem", "Query"],
    ...["GetSecretValue", "GetParameter", "Publish", "BatchImportFindings"],
    ...["Decrypt", "GenerateDataKey"],
    ...["CreateLogStream", "PutLogEvents"],
  ],
  schedules: ["SendMessage", "Decrypt"],
};

/**
 * Suppressions that are always on: activity of AWS services, of the monitor itself, and of the roles and users that deploy it.
 *
 * @param deployers ARNs of roles and users
 */
export function alwaysOn(catalogue: readonly Detection[], deployers: readonly string[]): readonly Suppression[] {
  const idsOf = (wanted: (detection: Detection) => boolean) =>
    catalogue.filter((detection) => detection.route !== "topic" && wanted(detection)).map(({ id }) => id);
  const all: readonly Suppression[] = [
    {
      id: "aws-services",
      detections: idsOf(({ services }) => services !== "evaluated"),
      pattern: madeBy(
        { type: ["AWSService"] },
        // By path: only AWS can create roles in it. Their names are not reserved.
        issuedBy([{ wildcard: "arn:*:iam::*:role/aws-service-role/*" }]),
      ),
      owner: OWNER,
      reason: "AWS services' own activity",
    },
    {
      id: "monitor-itself",
      detections: "*",
      pattern: {
        detail: {
          // A denied call means that the monitor can't work.
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
      reason: "The monitor's own activity",
    },
    {
      id: "deployers",
      detections: deployers.length > 0 ? idsOf((detection) => detection.deployers === "ignored") : [],
      pattern: madeBy({ type: ["IAMUser"], arn: deployers }, issuedBy(deployers)),
      owner: OWNER,
      reason: "Deployers that the configuration names",
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
