import { alarmSilenced } from "./alarm-silenced";
import type { Check } from "./check";
import { deadLetters } from "./dead-letters";
import { deletionProtection } from "./deletion-protection";
import { destroyed } from "./destroyed";
import { encryption } from "./encryption";
import { forceDestroy } from "./force-destroy";
import { functionStopped } from "./function-stopped";
import { functionTrigger } from "./function-trigger";
import { keyDeletionWindow } from "./key-deletion-window";
import { keyDisabled } from "./key-disabled";
import { keyRotation } from "./key-rotation";
import { lastSubscriber } from "./last-subscriber";
import { logFilter } from "./log-filter";
import { notificationRemoved } from "./notification-removed";
import { objectLock } from "./object-lock";
import { policyOpened } from "./policy-opened";
import { policyStatement } from "./policy-statement";
import { publicAccess } from "./public-access";
import { retention } from "./retention";
import { rolePermissions } from "./role-permissions";
import { ruleDisabled } from "./rule-disabled";
import { rulePattern } from "./rule-pattern";
import { ruleReadOnly } from "./rule-read-only";
import { scheduleDisabled } from "./schedule-disabled";
import { subscriptionFilter } from "./subscription-filter";
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
  lastSubscriber,
  subscriptionFilter,
  deadLetters,
  functionStopped,
  functionTrigger,
  scheduleDisabled,
  rolePermissions,
  policyStatement,
  policyOpened,
  publicAccess,
  retention,
  versioning,
  objectLock,
  forceDestroy,
  deletionProtection,
  encryption,
  keyDisabled,
  keyRotation,
  keyDeletionWindow,
  notificationRemoved,
  logFilter,
  alarmSilenced,
];
