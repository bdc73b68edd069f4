import type { LoadedDetections } from "../../config/custom-detections/load";
import { cisNumbers } from "../../detection/catalogue/cis-controls";
import { type Detection, hasRule } from "../../detection/definition/detection";
import { historyNote } from "../../detection/definition/history-note";
import { ruleNameOf } from "../../detection/definition/names";
import { ruleState } from "../../detection/definition/rule-state";
import { switchedOn } from "../../detection/definition/switched-on";
import { CommandError } from "../command/command-error";
import { suggestion } from "../command/suggestions";
import { lookedFor, STOP_CALLER, seenIn, techniquePage, toldWhen, undoLines } from "./format";

/**
 * Everything about one detection, for the reader of its alert.
 *
 * @throws CommandError for an unknown id
 */
export function explanation(id: string, { catalogue, config }: LoadedDetections): string {
  const detection = catalogue.find((candidate) => candidate.id === id);
  if (!detection) throw new CommandError(`unknown detection ${JSON.stringify(id)}${suggestion(id, catalogue)}`);
  const enabled = switchedOn(catalogue, config).includes(detection);
  const { title, severity, tier, pack = "default", why, falsePositives, runbook, attack, cis, references } = detection;
  return [
    `${id}: ${title}`,
    `${severity.toUpperCase()}, tier ${tier}, pack ${pack}, ${enabled ? "enabled" : "disabled"} by the configuration`,
    "",
    `Why it matters: ${why}`,
    ...(falsePositives === undefined ? [] : [`Known false positives: ${falsePositives}`]),
    "",
    "Matches events that meet all of these conditions:",
    ...lookedFor(detection).map(({ depth, text }) => `${"  ".repeat(depth + 1)}- ${text}`),
    "",
    `Alerts: ${toldWhen(detection)}`,
    `Path: ${seenIn(detection)}`,
    `EventBridge rule: ${ruleOf(detection, config.namePrefix, enabled)}`,
    "",
    "What to do:",
    `  1. ${runbook.check}`,
    `  2. ${runbook.command}${historyNote(runbook.command)}`,
    `  3. If it was not intended: ${runbook.contain}`,
    ...undoLines(runbook).map((line) => `     ${line}`),
    ...(runbook.stopCaller === false ? [] : [`  4. To stop the caller: ${STOP_CALLER}`]),
    ...(attack || cis.length > 0 ? [""] : []),
    ...(attack ? [`MITRE ATT&CK: ${attack.technique}, ${attack.tactic} (${techniquePage(attack.technique)})`] : []),
    ...(cis.length > 0 ? [`CIS AWS Foundations: ${cisNumbers(cis)}`] : []),
    ...(references.length > 0 ? ["", "References:", ...references.map((reference) => `  ${reference}`)] : []),
    "",
  ].join("\n");
}

function ruleOf(detection: Detection, namePrefix: string, enabled: boolean): string {
  if (!hasRule(detection)) return "none";
  if (!enabled) return "none (disabled)";
  return `${ruleNameOf(detection, namePrefix)}, state ${ruleState(detection.pattern)}`;
}
