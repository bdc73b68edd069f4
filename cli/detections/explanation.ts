import type { LoadedDetections } from "../../config/custom-detections/load";
import { cisNumbers } from "../../detection/catalogue/cis-controls";
import { afterStoppingCaller } from "../../detection/definition/after-stopping-caller";
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
    ...containLines(runbook).map((line) => `  ${line}`),
    ...(attack || cis.length > 0 ? [""] : []),
    ...(attack ? [`MITRE ATT&CK: ${attack.technique}, ${attack.tactic} (${techniquePage(attack.technique)})`] : []),
    ...(cis.length > 0 ? [`CIS AWS Foundations: ${cisNumbers(cis)}`] : []),
    ...(references.length > 0 ? ["", "References:", ...references.map((reference) => `  ${reference}`)] : []),
    "",
  ].join("\n");
}

/** The steps after the check, numbered as in the alert. */
function containLines(runbook: Detection["runbook"]): readonly string[] {
  const { contain, stopCaller } = runbook;
  const undo = undoLines(runbook).map((line) => `   ${line}`);
  if (stopCaller === false) return [`3. If it was not intended: ${contain}`, ...undo];
  const rest = afterStoppingCaller(contain);
  return rest === undefined
    ? [`3. If it was not intended: ${contain}`, ...undo, `4. To stop the caller: ${STOP_CALLER}`]
    : [`3. If it was not intended, stop the caller: ${STOP_CALLER}`, ...(rest === "" ? [] : [`4. ${rest}`]), ...undo];
}

function ruleOf(detection: Detection, namePrefix: string, enabled: boolean): string {
  if (!hasRule(detection)) return "none";
  if (!enabled) return "none (disabled)";
  return `${ruleNameOf(detection, namePrefix)}, state ${ruleState(detection.pattern)}`;
}
