import type { IdentityKind } from "../../detection/events/identity";
import type { JsonObject } from "../../detection/events/json";
import type { OutcomeKind } from "../../detection/events/outcome";
import { parseIpAddress } from "../../detection/refinements/ip-address";
import type { AlertNotification } from "./notification";

/** An alert as far as a finding has it: also one that a replay found, whose outcome may no longer be known. */
export type OcsfAlert = Omit<AlertNotification, "outcome"> & { readonly outcome: OutcomeKind | "unknown" };

/** OCSF's types of users; what it has none for is `Other`, under CloudTrail's name. */
const USER_TYPES: Readonly<Record<IdentityKind, { readonly type_id: number; readonly type: string }>> = {
  root: { type_id: 2, type: "Admin" },
  "assumed-root": { type_id: 2, type: "Admin" },
  user: { type_id: 1, type: "User" },
  "identity-center-user": { type_id: 1, type: "User" },
  service: { type_id: 4, type: "Service" },
  role: { type_id: 99, type: "AssumedRole" },
  "federated-user": { type_id: 99, type: "FederatedUser" },
  account: { type_id: 99, type: "AWSAccount" },
  other: { type_id: 0, type: "Unknown" },
};

/** Who did what, from where, and what was answered. */
export function evidenceOf(alert: OcsfAlert): JsonObject {
  const { event, errorCode, errorMessage, request, response } = alert;
  return {
    uid: event.id,
    actor: actorOf(alert),
    api: {
      operation: event.name,
      service: { name: event.source },
      request: { uid: event.requestId ?? event.id, ...(request && { data: request }) },
      response: {
        ...(errorCode !== undefined && { error: errorCode }),
        ...(errorMessage !== undefined && { error_message: errorMessage }),
        message: alert.outcome,
        ...(response && { data: response }),
      },
    },
    src_endpoint: endpointOf(alert.sourceIPAddress),
    http_request: { user_agent: alert.userAgent },
  };
}

/** CloudTrail has the name of a service where one made the call, or `AWS Internal`. */
function endpointOf(address: string): JsonObject {
  if (parseIpAddress(address) !== undefined) return { ip: address };
  return /^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(address) ? { svc_name: address } : { name: address };
}

function actorOf({ actor }: OcsfAlert): JsonObject {
  const { session, accessKeyId, sessionIssuer, mfa } = actor;
  const its = {
    ...(session !== undefined && { uid: session }),
    ...(accessKeyId !== undefined && { credential_uid: accessKeyId }),
    ...(sessionIssuer?.arn !== undefined && { issuer: sessionIssuer.arn }),
    ...(mfa !== undefined && { is_mfa: mfa }),
  };
  return {
    user: {
      name: actor.name,
      ...(actor.principalArn !== undefined && { uid: actor.principalArn }),
      ...USER_TYPES[actor.kind],
      ...(actor.account !== undefined && { account: { uid: actor.account, type: "AWS Account", type_id: 10 } }),
    },
    ...(Object.keys(its).length > 0 && { session: its }),
    ...(actor.invokedBy !== undefined && { app_name: actor.invokedBy }),
  };
}

export function resourcesOf({ resources }: OcsfAlert): readonly JsonObject[] {
  return resources.flatMap(({ arn, type, account }) =>
    arn === undefined
      ? []
      : [
          {
            uid: arn,
            ...(type !== undefined && { type }),
            ...(account !== undefined && { owner: { account: { uid: account } } }),
          },
        ],
  );
}

/** What SIEMs search by, with the path of the attribute that has it. */
export function observablesOf(alert: OcsfAlert): readonly JsonObject[] {
  const { actor, resources, sourceIPAddress } = alert;
  return [
    ...(parseIpAddress(sourceIPAddress) === undefined
      ? []
      : [{ name: "evidences[].src_endpoint.ip", type: "IP Address", type_id: 2, value: sourceIPAddress }]),
    { name: "evidences[].actor.user.name", type: "User Name", type_id: 4, value: actor.name },
    ...resources.flatMap(({ arn }) =>
      arn === undefined ? [] : [{ name: "resources[].uid", type: "Resource UID", type_id: 10, value: arn }],
    ),
  ];
}
