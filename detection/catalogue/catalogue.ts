import { type Detection, SEVERITIES } from "../definition/detection";
import { billingTransferred } from "./account/billing-transferred";
import { delegatedAdministratorChanged } from "./account/delegated-administrator-changed";
import { memberAccountRemoved } from "./account/member-account-removed";
import { organizationChanged } from "./account/organization-changed";
import { organizationLeft } from "./account/organization-left";
import { regionEnabled } from "./account/region-enabled";
import { scpChanged } from "./account/scp-changed";
import { sesIdentityAbused } from "./account/ses-identity-abused";
import { trustedAccessDisabled } from "./account/trusted-access-disabled";
import { costlyResourceCreated } from "./compute/costly-resource-created";
import { eksAdminGranted } from "./compute/eks-admin-granted";
import { instanceCredentialsExfiltrated } from "./compute/instance-credentials-exfiltrated";
import { instanceShellKeySent } from "./compute/instance-shell-key-sent";
import { lambdaCodeChanged } from "./compute/lambda-code-changed";
import { lambdaMadePublic } from "./compute/lambda-made-public";
import { lambdaUrlOpen } from "./compute/lambda-url-open";
import { remoteCommand } from "./compute/remote-command";
import { userDataRead } from "./compute/user-data-read";
import { userDataWritten } from "./compute/user-data-written";
import { windowsPasswordRead } from "./compute/windows-password-read";
import { bucketMadePublic } from "./data/bucket-made-public";
import { bucketPolicyChanged } from "./data/bucket-policy-changed";
import { bucketReplicationOut } from "./data/bucket-replication-out";
import { bucketShared } from "./data/bucket-shared";
import { bucketVersioningSuspended } from "./data/bucket-versioning-suspended";
import { dataDestroyed } from "./data/data-destroyed";
import { deletionBurst } from "./data/deletion-burst";
import { ebsEncryptionDisabled } from "./data/ebs-encryption-disabled";
import { imageShared } from "./data/image-shared";
import { keyDisabled } from "./data/key-disabled";
import { keyPolicyChanged } from "./data/key-policy-changed";
import { rdsMadePublic } from "./data/rds-made-public";
import { rdsSnapshotShared } from "./data/rds-snapshot-shared";
import { secretsBulkRead } from "./data/secrets-bulk-read";
import { snapshotShared } from "./data/snapshot-shared";
import { accessKeyForOtherUser } from "./iam/access-key-for-other-user";
import { adminPolicyAttached } from "./iam/admin-policy-attached";
import { consoleLoginFailures } from "./iam/console-login-failures";
import { consoleLoginWithoutMfa } from "./iam/console-login-without-mfa";
import { federationChanged } from "./iam/federation-changed";
import { federationTokenIssued } from "./iam/federation-token-issued";
import { iamPolicyChanged } from "./iam/iam-policy-changed";
import { identityCenterIdpChanged } from "./iam/identity-center-idp-changed";
import { keyQuarantined } from "./iam/key-quarantined";
import { loginProfileChanged } from "./iam/login-profile-changed";
import { mfaRemoved } from "./iam/mfa-removed";
import { passwordPolicyWeakened } from "./iam/password-policy-weakened";
import { permissionBoundaryChanged } from "./iam/permission-boundary-changed";
import { policyVersionSet } from "./iam/policy-version-set";
import { roleTrustChanged } from "./iam/role-trust-changed";
import { rolesAnywhereTrusted } from "./iam/roles-anywhere-trusted";
import { userCreated } from "./iam/user-created";
import { dnsLoggingDisabled } from "./logging/dns-logging-disabled";
import { flowLogsDeleted } from "./logging/flow-logs-deleted";
import { logArchiveChanged } from "./logging/log-archive-changed";
import { logFilesDeleted } from "./logging/log-files-deleted";
import { logGroupDeleted } from "./logging/log-group-deleted";
import { modelLoggingDisabled } from "./logging/model-logging-disabled";
import { requestOmitted } from "./logging/request-omitted";
import { trailChanged } from "./logging/trail-changed";
import { trailConfigured } from "./logging/trail-configured";
import { trailStopped } from "./logging/trail-stopped";
import { monitoringChanged } from "./monitor/monitoring-changed";
import { monitoringForwardingChanged } from "./monitor/monitoring-forwarding-changed";
import { monitoringFunctionChanged } from "./monitor/monitoring-function-changed";
import { monitoringMessagesChanged } from "./monitor/monitoring-messages-changed";
import { monitoringStorageChanged } from "./monitor/monitoring-storage-changed";
import { monitoringSubscriptionsChanged } from "./monitor/monitoring-subscriptions-changed";
import { monitoringTopicsChanged } from "./monitor/monitoring-topics-changed";
import { domainTransferred } from "./network/domain-transferred";
import { networkAclChanged } from "./network/network-acl-changed";
import { networkAclOpened } from "./network/network-acl-opened";
import { networkGatewayChanged } from "./network/network-gateway-changed";
import { routeChanged } from "./network/route-changed";
import { securityGroupChanged } from "./network/security-group-changed";
import { securityGroupOpened } from "./network/security-group-opened";
import { vpcChanged } from "./network/vpc-changed";
import { rootAccessKeyCreated } from "./root-user/root-access-key-created";
import { rootConsoleLogin } from "./root-user/root-console-login";
import { rootCredentialsUsed } from "./root-user/root-credentials-used";
import { rootGetCallerIdentity } from "./root-user/root-get-caller-identity";
import { rootLoginFailed } from "./root-user/root-login-failed";
import { rootPasswordChanged } from "./root-user/root-password-changed";
import { rootSessionAssumed } from "./root-user/root-session-assumed";
import { rootSessionUsed } from "./root-user/root-session-used";
import { alarmsDeleted } from "./security-services/alarms-deleted";
import { configChanged } from "./security-services/config-changed";
import { configDisabled } from "./security-services/config-disabled";
import { guarddutyDisabled } from "./security-services/guardduty-disabled";
import { guarddutySuppressed } from "./security-services/guardduty-suppressed";
import { securityhubDisabled } from "./security-services/securityhub-disabled";
import { wafRemoved } from "./security-services/waf-removed";
import { attackToolSeen } from "./suspicious-calls/attack-tool-seen";
import { callerIdentityEnumerated } from "./suspicious-calls/caller-identity-enumerated";
import { unauthorizedCalls } from "./suspicious-calls/unauthorized-calls";
import { unauthorizedCallsBurst } from "./suspicious-calls/unauthorized-calls-burst";
import { unauthorizedEc2Call } from "./suspicious-calls/unauthorized-ec2-call";

export type { Detection };

/** Every detection that ships, the most severe first. A test holds that no file of this folder is left out. */
export const catalogue: readonly Detection[] = [
  billingTransferred,
  delegatedAdministratorChanged,
  memberAccountRemoved,
  organizationChanged,
  organizationLeft,
  regionEnabled,
  scpChanged,
  sesIdentityAbused,
  trustedAccessDisabled,
  costlyResourceCreated,
  eksAdminGranted,
  instanceCredentialsExfiltrated,
  instanceShellKeySent,
  lambdaCodeChanged,
  lambdaMadePublic,
  lambdaUrlOpen,
  remoteCommand,
  userDataRead,
  userDataWritten,
  windowsPasswordRead,
  bucketMadePublic,
  bucketPolicyChanged,
  bucketReplicationOut,
  bucketShared,
  bucketVersioningSuspended,
  dataDestroyed,
  deletionBurst,
  ebsEncryptionDisabled,
  imageShared,
  keyDisabled,
  keyPolicyChanged,
  rdsMadePublic,
  rdsSnapshotShared,
  secretsBulkRead,
  snapshotShared,
  accessKeyForOtherUser,
  adminPolicyAttached,
  consoleLoginFailures,
  consoleLoginWithoutMfa,
  federationChanged,
  federationTokenIssued,
  iamPolicyChanged,
  identityCenterIdpChanged,
  keyQuarantined,
  loginProfileChanged,
  mfaRemoved,
  passwordPolicyWeakened,
  permissionBoundaryChanged,
  policyVersionSet,
  roleTrustChanged,
  rolesAnywhereTrusted,
  userCreated,
  dnsLoggingDisabled,
  flowLogsDeleted,
  logArchiveChanged,
  logFilesDeleted,
  logGroupDeleted,
  modelLoggingDisabled,
  requestOmitted,
  trailChanged,
  trailConfigured,
  trailStopped,
  monitoringChanged,
  monitoringForwardingChanged,
  monitoringFunctionChanged,
  monitoringMessagesChanged,
  monitoringStorageChanged,
  monitoringSubscriptionsChanged,
  monitoringTopicsChanged,
  domainTransferred,
  networkAclChanged,
  networkAclOpened,
  networkGatewayChanged,
  routeChanged,
  securityGroupChanged,
  securityGroupOpened,
  vpcChanged,
  rootAccessKeyCreated,
  rootConsoleLogin,
  rootCredentialsUsed,
  rootGetCallerIdentity,
  rootLoginFailed,
  rootPasswordChanged,
  rootSessionAssumed,
  rootSessionUsed,
  alarmsDeleted,
  configChanged,
  configDisabled,
  guarddutyDisabled,
  guarddutySuppressed,
  securityhubDisabled,
  wafRemoved,
  attackToolSeen,
  callerIdentityEnumerated,
  unauthorizedCalls,
  unauthorizedCallsBurst,
  unauthorizedEc2Call,
].sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1));

function rank({ severity }: Detection): number {
  return SEVERITIES.indexOf(severity);
}
