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
      id: "stack-sets",
      detections: idsOf((detection) => detection.deployers === "ignored"),
      pattern: rolledOut(),
      owner: OWNER,
      reason: "A stack set deploys to member accounts; its change in the central account alerts",
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

/** What CloudFormation makes or changes in member accounts for a stack set. What it removes there alerts. */
const ROLLED_OUT = [
  ...["PutRule", "EnableRule", "PutTargets", "SetQueueAttributes"],
  ...["UpdateRole", "UpdateAssumeRolePolicy", "PutRolePolicy"],
];

/**
 * The service's own calls, by a role in a path of AWS's, and CloudFormation's with the role that the service makes in each
 * member. Its name isn't reserved: whoever uses such a role without CloudFormation alerts.
 *
 * Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-activate-trusted-access.html
 */
function rolledOut(): EventPattern {
  return {
    detail: {
      recipientAccountId: [{ "anything-but": ["{{account}}"] }],
      $or: [
        {
          userIdentity: issuedBy([
            { wildcard: "arn:*:iam::*:role/aws-service-role/member.org.stacksets.cloudformation.amazonaws.com/*" },
          ]),
        },
        {
          eventName: ROLLED_OUT,
          sourceIPAddress: ["cloudformation.amazonaws.com"],
          userIdentity: {
            invokedBy: ["cloudformation.amazonaws.com"],
            ...issuedBy([{ wildcard: "arn:*:iam::*:role/stacksets-exec-*" }]),
          },
        },
      ],
    },
  };
}

function madeBy(...identities: readonly EventPattern[]): EventPattern {
  return { detail: { $or: identities.map((userIdentity) => ({ userIdentity })) } };
}

/** Sessions of a role. */
function issuedBy(arn: EventPattern[string]): EventPattern {
  return { sessionContext: { sessionIssuer: { type: ["Role"], arn } } };
}
