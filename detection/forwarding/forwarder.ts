import type { RuleState } from "../definition/rule-state";
import type { EventPattern } from "../pattern/pattern";

/**
 * A rule of a region or account that isn't home: it passes to the home default bus whatever the home rules may match, which
 * then judge it. It has no placeholders and knows of no account but those that a custom detection asks for, so that one text
 * serves every region and every member.
 */
export interface Forwarder {
  readonly pattern: EventPattern;
  readonly state: RuleState;
  /** `globalRegion`: for events that occur in the partition's global region alone, such as IAM's. */
  readonly where: "everywhere" | "globalRegion";
}
