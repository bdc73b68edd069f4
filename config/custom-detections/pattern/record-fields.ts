/**
 * The fields of an event as EventBridge hands it over, CloudTrail's record in `detail`.
 *
 * Sources: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html and
 * …/cloudtrail-event-reference-user-identity.html (record version 1.11).
 */

/**
 * What a field holds: a kind of value; `any` for what has no fixed form; an object of fields. `flag` is `true` in some records
 * and `"true"` in others.
 */
export type Field = "string" | "boolean" | "flag" | "any" | Fields;

export interface Fields {
  readonly [name: string]: Field;
}

const sessionIssuer: Fields = {
  type: "string",
  userName: "string",
  principalId: "string",
  arn: "string",
  accountId: "string",
};

const userIdentity: Fields = {
  type: "string",
  userName: "string",
  principalId: "string",
  arn: "string",
  accountId: "string",
  accessKeyId: "string",
  invokedBy: "string",
  invokedByDelegate: "any",
  identityProvider: "string",
  identityStoreArn: "string",
  userId: "string",
  credentialId: "string",
  onBehalfOf: { userId: "string", identityStoreArn: "string" },
  inScopeOf: { sourceArn: "string", sourceAccount: "string", issuerType: "string", credentialsIssuedTo: "string" },
  sessionContext: {
    sessionIssuer,
    attributes: { mfaAuthenticated: "string", creationDate: "string" },
    webIdFederationData: { federatedProvider: "string", attributes: "any" },
    assumedRoot: "flag",
    sourceIdentity: "string",
    ec2RoleDelivery: "string",
    ec2IssuedInVpc: "string",
    ec2InstanceSourceVPC: "string",
    ec2InstanceSourcePrivateIPv4: "string",
  },
};

/** CloudTrail's record. */
export const RECORD: Fields = {
  eventVersion: "string",
  userIdentity,
  eventTime: "string",
  eventSource: "string",
  eventName: "string",
  awsRegion: "string",
  sourceIPAddress: "string",
  userAgent: "string",
  errorCode: "string",
  errorMessage: "string",
  requestParameters: "any",
  responseElements: "any",
  additionalEventData: "any",
  requestID: "string",
  eventID: "string",
  eventType: "string",
  apiVersion: "string",
  managementEvent: "boolean",
  readOnly: "boolean",
  resources: { accountId: "string", type: "string", ARN: "string", ARNPrefix: "string" },
  recipientAccountId: "string",
  serviceEventDetails: "any",
  sharedEventID: "string",
  vpcEndpointId: "string",
  vpcEndpointAccountId: "string",
  eventCategory: "string",
  addendum: { reason: "string", updatedFields: "string", originalRequestID: "string", originalEventID: "string" },
  sessionCredentialFromConsole: "flag",
  eventContext: "any",
  edgeDeviceDetails: "any",
  tlsDetails: { tlsVersion: "string", cipherSuite: "string", clientProvidedHostHeader: "string" },
};

/** EventBridge's envelope. Source: https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html */
export const ENVELOPE: Fields = {
  version: "string",
  id: "string",
  "detail-type": "string",
  source: "string",
  account: "string",
  time: "string",
  region: "string",
  resources: "string",
  "replay-name": "string",
  detail: RECORD,
};

/** What CloudTrail calls the events that the function judges: `detail-type` by the record's `eventType`. */
export const DETAIL_TYPES: Readonly<Record<string, readonly string[]>> = {
  AwsApiCall: ["AWS API Call via CloudTrail"],
  AwsServiceEvent: ["AWS Service Event via CloudTrail"],
  AwsConsoleAction: ["AWS Console Action via CloudTrail"],
  // EventBridge's own spelling has changed.
  AwsConsoleSignIn: ["AWS Console Sign In via CloudTrail", "AWS Console Signin via CloudTrail"],
};

/** Every `userIdentity.type`. */
export const IDENTITY_TYPES = [
  ...["Root", "IAMUser", "AssumedRole", "Role", "FederatedUser", "Directory", "AWSAccount", "AWSService"],
  ...["IdentityCenterUser", "SAMLUser", "WebIdentityUser", "Unknown"],
];
