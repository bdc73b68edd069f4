import { STOP_CALLER, seenIn, techniquePage, toldWhen, undoLines } from "../../cli/detections/format";
import { code, ownText } from "../../config/markdown";
import { cisNumbers } from "../../detection/catalogue/cis-controls";
import { type Detection, SEVERITIES } from "../../detection/definition/detection";
import { historyNote } from "../../detection/definition/history-note";
import { counted } from "../../detection/events/text";
import { trigger } from "./detection-trigger";

const URGENCY = {
  critical: "act now",
  high: "within the hour",
  medium: "today",
  low: "next working day",
} as const;

/** Commands that many runbooks share, by what they show: on the page once. */
const SHARED_COMMANDS: Readonly<Record<string, string>> = {
  "the key's calls":
    "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=AccessKeyId,AttributeValue=<accessKeyId>",
  "the event":
    "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=EventId,AttributeValue=<eventID>",
  "console logins":
    "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=EventName,AttributeValue=ConsoleLogin",
  "calls by the root user":
    "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=Username,AttributeValue=root",
};

/** `docs/detections.md`: what ships, for people. */
export function detectionsPage(catalogue: readonly Detection[]): string {
  return [
    "# Detections",
    "",
    "<!-- Written by `npm run docs`: change the detections, not this page. -->",
    "",
    `${counted(catalogue.length, "detection")} ship, each in a file of [\`detection/catalogue/\`](../detection/catalogue/) named after its id.`,
    "`npm run detections -- list` shows which ones your configuration enables. `npm run detections -- explain ID` shows one in the terminal, with the API references that this page leaves out.",
    "",
    "| pack | detections | |",
    "|---|---|---|",
    `| \`default\` | ${catalogue.filter(({ pack }) => pack === undefined).length} | enabled unless \`packs\` says otherwise |`,
    `| \`cis\` | ${catalogue.filter(({ cis }) => cis.length > 0).length} | those that cover a monitoring control of the CIS AWS Foundations Benchmark |`,
    `| \`strict\` | ${catalogue.length} | all, including those that are noisy in many accounts |`,
    "",
    "`disabledDetections` disables single detections. [custom-detections.md](custom-detections.md) describes custom detections.",
    "",
    "How to read a section:",
    "",
    `- Alerts: ${toldWhen({ tier: "alert" })} ${seenIn({ tier: "alert" })} The pack is \`default\`. A section lists exceptions after its severity.`,
    "- *Trigger*: all conditions must hold, each with one of its values. `*` stands for any text. Without *succeeded* or *succeeded or denied*, any outcome matches.",
    "- `{{prefix}}` and the like are names in your deployment. `<awsRegion>` and the like are placeholders. Alerts have the record's values instead, if they are safe to paste into a shell.",
    "- Steps: 1. Check, with the command. 2. Contain an unintended call. Commands after a call's name undo it. Then [stop the caller](#stopping-the-caller).",
    `- Sections give the first of a CIS control's numbers: ${cisNumbers(["4.5"])}.`,
    "",
    "## Overview",
    "",
    "| severity | response | detections |",
    "|---|---|---|",
    ...SEVERITIES.map((severity) => {
      const links = ofSeverity(catalogue, severity).map(({ id, pack }) => `[${id}](#${id})${pack ? ` (${pack})` : ""}`);
      return `| ${severity} | ${URGENCY[severity]} | ${links.join(", ")} |`;
    }),
    "",
    "## Stopping the caller",
    "",
    `To stop the caller, ${STOP_CALLER} An \`ASIA…\` key belongs to a session and can't be deactivated. A policy that denies everything issued before now revokes a role's sessions.`,
    "",
    "## Shared commands",
    "",
    ...Object.entries(SHARED_COMMANDS).map(([name, command]) => `- ${capital(name)}: ${code(command)}`),
    "",
    `About every \`lookup-events\` command: ${historyNote("aws cloudtrail lookup-events").trim().slice(1, -1)}`,
    "",
    ...catalogue.flatMap(section),
  ].join("\n");
}

/** The part of README.md between its two marks. */
export function readmeCounts(catalogue: readonly Detection[]): string {
  return [
    "| severity | detections | for example |",
    "|---|---|---|",
    ...SEVERITIES.map((severity) => {
      const all = ofSeverity(catalogue, severity);
      return `| ${severity} | ${all.length} | ${all
        .slice(0, 3)
        .map(({ id }) => `\`${id}\``)
        .join(", ")} |`;
    }),
  ].join("\n");
}

function ofSeverity(catalogue: readonly Detection[], severity: Detection["severity"]): readonly Detection[] {
  return catalogue.filter((detection) => detection.severity === severity);
}

/** What is not as with most: pack, when it alerts, where it is seen. */
function differences({ pack, tier, path, route, count, group }: Detection): readonly string[] {
  return [
    ...(pack === undefined ? [] : [`pack ${pack}`]),
    ...(tier === "digest" ? ["daily digest"] : []),
    ...(tier === "signal" ? ["counted only"] : []),
    ...(route === "topic" ? ["EventBridge to urgent topic"] : []),
    ...(count ? [`${count.threshold} events in ${count.minutes} minutes${by("per", count.by)}`] : []),
    ...(group
      ? [`grouped${group.minutes === undefined ? "" : ` for ${group.minutes} minutes`}${by("by", group.by)}`]
      : []),
    ...(path === "log" ? ["log files only"] : []),
  ];
}

function by(word: string, fields: readonly string[] | undefined): string {
  return fields === undefined ? "" : ` ${word} ${fields.map((field) => field.replace(/^.*\./, "")).join(", ")}`;
}

function section(detection: Detection): readonly string[] {
  const { id, title, severity, why, falsePositives, runbook, attack, cis, references, services } = detection;
  const { check, command, contain, stopCaller } = runbook;
  const shared = Object.keys(SHARED_COMMANDS).find((name) => SHARED_COMMANDS[name] === command);
  return [
    `## ${id}`,
    "",
    `**${ownText(title)}.** ${capital([severity, ...differences(detection)].join(", "))}.`,
    "",
    ownText(why),
    "",
    ...(falsePositives === undefined ? [] : [`*False positives:* ${ownText(falsePositives)}`, ""]),
    ...trigger(detection),
    "",
    `1. ${ownText(check)} ${shared === undefined ? code(command) : `Look up [${shared}](#shared-commands).`}`,
    `2. ${ownText(contain)}`,
    ...undone(runbook).map((line) => `   - ${code(line)}`),
    ...(stopCaller === false ? [`3. Don't stop the caller${services === "evaluated" ? ": it is AWS" : ""}.`] : []),
    "",
    [
      ...(attack ? [`[${attack.technique}](${techniquePage(attack.technique)}) ${attack.tactic}`] : []),
      ...(cis.length > 0 ? [`CIS ${cis.join(", ")}`] : []),
      ...references.filter(isGuide).map((reference) => `[${label(reference)}](${reference})`),
    ].join(", "),
    "",
  ];
}

/** The commands that undo calls; calls that the same command undoes stand before it together. */
function undone(runbook: Detection["runbook"]): readonly string[] {
  const calls = new Map<string, string[]>();
  for (const line of undoLines(runbook)) {
    const [, call = "", command = line] = /^(\w+): (.*)$/.exec(line) ?? [];
    calls.set(command, [...(calls.get(command) ?? []), ...(call === "" ? [] : [call])]);
  }
  return [...calls].map(([command, names]) => (names.length > 0 ? `${names.join("|")}: ${command}` : command));
}

/** A command as a span of code, whatever quotes it has. */
function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

/** Whether a page says more than the API reference of the calls, or ATT&CK's, which is linked anyway. */
function isGuide(address: string): boolean {
  return !/\/API_\w+\.html|\/\/attack\.mitre\.org\//.test(address);
}

/** What a page is called, from its address. */
function label(address: string): string {
  const { hostname, pathname, hash } = new URL(address);
  if (hostname === "attack.mitre.org") return pathname.replace(/^\/techniques\/|\/$/g, "").replace("/", ".");
  const page = pathname
    .split("/")
    .filter((part) => part !== "")
    .at(-1);
  return (page?.replace(/\.html$/, "") ?? hostname) + hash;
}
