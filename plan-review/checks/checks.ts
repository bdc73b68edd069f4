import type { Check } from "../evaluation/check";
import { accessLog } from "./access-log";
import { alarmMuted } from "./alarm-muted";
import { alarmSilenced } from "./alarm-silenced";
import { capacity } from "./capacity";
import { chatChannel } from "./chat-channel";
import { dataProtection } from "./data-protection";
import { deadLetters } from "./dead-letters";
import { deletionProtection } from "./deletion-protection";
import { destroyed } from "./destroyed";
import { encryption } from "./encryption";
import { exclusivePolicies } from "./exclusive-policies";
import { forceDestroy } from "./force-destroy";
import { functionEnvironment } from "./function-environment";
import { functionLog } from "./function-log";
import { functionNetwork } from "./function-network";
import { functionStopped } from "./function-stopped";
import { functionTrigger } from "./function-trigger";
import { keyDeletionWindow } from "./key-deletion-window";
import { keyDisabled } from "./key-disabled";
import { keyRotation } from "./key-rotation";
import { laidOver } from "./laid-over";
import { lastSubscriber } from "./last-subscriber";
import { logFilter } from "./log-filter";
import { messageDelay } from "./message-delay";
import { messageSize } from "./message-size";
import { notificationRemoved } from "./notification-removed";
import { objectLock } from "./object-lock";
import { pipeStopped } from "./pipe-stopped";
import { policyOpened } from "./policy-opened";
import { policyStatement } from "./policy-statement";
import { publicAccess } from "./public-access";
import { replication } from "./replication";
import { retention } from "./retention";
import { retries } from "./retries";
import { roleChanged } from "./role-changed";
import { rolePermissions } from "./role-permissions";
import { ruleDisabled } from "./rule-disabled";
import { rulePattern } from "./rule-pattern";
import { ruleReadOnly } from "./rule-read-only";
import { scheduleDisabled } from "./schedule-disabled";
import { stackSetReach } from "./stack-set-reach";
import { stackTemplate } from "./stack-template";
import { storageClass } from "./storage-class";
import { subscriptionFilter } from "./subscription-filter";
import { tableExpiry } from "./table-expiry";
import { tableIndex } from "./table-index";
import { targetInput } from "./target-input";
import { targetMoved } from "./target-moved";
import { trailDestination } from "./trail-destination";
import { trailEncryption } from "./trail-encryption";
import { trailGlobalEvents } from "./trail-global-events";
import { trailLogging } from "./trail-logging";
import { trailMultiRegion } from "./trail-multi-region";
import { trailOrganization } from "./trail-organization";
import { trailSelectors } from "./trail-selectors";
import { trailValidation } from "./trail-validation";
import { versioning } from "./versioning";
import { visibilityTimeout } from "./visibility-timeout";

/** All that is looked for, in the order of the page. */
export const checks: readonly Check[] = [
  destroyed,
  trailLogging,
  trailMultiRegion,
  trailGlobalEvents,
  trailOrganization,
  trailSelectors,
  trailValidation,
  trailEncryption,
  trailDestination,
  ruleDisabled,
  ruleReadOnly,
  rulePattern,
  targetMoved,
  targetInput,
  stackTemplate,
  stackSetReach,
  lastSubscriber,
  subscriptionFilter,
  chatChannel,
  deadLetters,
  retries,
  messageSize,
  messageDelay,
  visibilityTimeout,
  pipeStopped,
  functionStopped,
  functionTrigger,
  functionEnvironment,
  functionLog,
  functionNetwork,
  capacity,
  tableIndex,
  tableExpiry,
  scheduleDisabled,
  rolePermissions,
  exclusivePolicies,
  roleChanged,
  policyStatement,
  policyOpened,
  laidOver,
  publicAccess,
  retention,
  storageClass,
  versioning,
  objectLock,
  replication,
  accessLog,
  forceDestroy,
  deletionProtection,
  encryption,
  keyDisabled,
  keyRotation,
  keyDeletionWindow,
  notificationRemoved,
  logFilter,
  alarmSilenced,
  alarmMuted,
  dataProtection,
];
