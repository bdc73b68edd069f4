import { isMoreSevere, type Severity } from "../../detection/definition/detection";
import type { IncidentPlace, IncidentRole } from "./incident";

/** @param severity of the alert whose place it is */
export function roleOf({ severityBefore }: Pick<IncidentPlace, "severityBefore">, severity: Severity): IncidentRole {
  if (severityBefore === undefined) return "opens";
  return isMoreSevere(severity, severityBefore) ? "rises" : "update";
}
