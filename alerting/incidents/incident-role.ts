import { isMoreSevere, type Severity } from "../../detection/definition/detection";
import type { OutcomeKind } from "../../detection/events/outcome";
import type { IncidentPlace, IncidentRole } from "./incident";

/** What is known of the alerts before. */
type Before = Pick<IncidentPlace, "severityBefore" | "succeededBefore">;

/**
 * An alert rises that is more severe than all before it. So does one whose call succeeded where no call as severe did before: attempts
 * that came to nothing must not make an update of what then works. What is low never rises.
 *
 * @param severity of the alert whose place it is
 * @param outcome of its call
 */
export function roleOf(before: Before, severity: Severity, outcome: OutcomeKind): IncidentRole {
  if (before.severityBefore === undefined) return "opens";
  const rises = isMoreSevere(severity, before.severityBefore) || nowSucceeded(before, severity, outcome);
  return rises ? "rises" : "update";
}

/** Whether an alert rises by its outcome alone: attempts as severe came before it, and no success. */
export function nowSucceeded(
  { severityBefore, succeededBefore = "low" }: Before,
  severity: Severity,
  outcome: OutcomeKind,
): boolean {
  if (severityBefore === undefined || isMoreSevere(severity, severityBefore)) return false;
  return outcome === "succeeded" && isMoreSevere(severity, succeededBefore);
}
