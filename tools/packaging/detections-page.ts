import { readdirSync } from "node:fs";
import { basename, join, sep } from "node:path";
import { lookedFor, STOP_CALLER, seenIn, techniquePage, toldWhen, undoLines } from "../../cli/detections/words";
import { cisNumbers } from "../../detection/catalogue/cis-controls";
import { type Detection, SEVERITIES } from "../../detection/definition/detection";
import { historyNote } from "../../detection/definition/history-note";
import { counted } from "../../detection/events/text";

const ROOT = join(__dirname, "..", "..");
const CATALOGUE = "detection/catalogue";

const URGENCY = {
  critical: "wakes somebody",
  high: "somebody looks within the hour",
  medium: "somebody looks today",
  low: "can wait for the morning",
} as const;

/** `docs/detections.md`: what ships, for people. */
export function detectionsPage(catalogue: readonly Detection[]): string {
  return [
    "# Detections",
    "",
    "<!-- Written by `npm run docs`: change the detections, not this page. -->",
    "",
    `${counted(catalogue.length, "detection")} ship. Each is one file in [\`detection/catalogue/\`](../detection/catalogue/), and the one pattern in it becomes the EventBridge rule, judges the log files and`,
    "is what you read here. `npm run detections -- list` says which of them your configuration switches on, `npm run detections -- explain ID` has what stands below, for the terminal.",
    "",
    "| pack | detections | |",
    "|---|---|---|",
    `| \`default\` | ${catalogue.filter(({ pack }) => pack === undefined).length} | on unless \`packs\` says otherwise |`,
    `| \`cis\` | ${catalogue.filter(({ cis }) => cis.length > 0).length} | all that cover a monitoring control of the CIS AWS Foundations Benchmark |`,
    `| \`strict\` | ${catalogue.length} | all, those too that are noisy in many accounts |`,
    "",
    "`disabledDetections` takes single ones away. [custom-detections.md](custom-detections.md) says how to add your own.",
    "",
    "`<awsRegion>`, `<requestParameters.bucketName>` and the like are placeholders: an alert has the record's own values in their place, where they are safe to paste into a shell.",
    "",
    ...SEVERITIES.flatMap((severity) => overview(severity, ofSeverity(catalogue, severity))),
    "## Stopping the caller",
    "",
    `To stop the caller, ${STOP_CALLER} An \`ASIA…\` key is a session's and can't be made inactive; a role's sessions are revoked with a policy that denies everything issued before now.`,
    "",
    ...SEVERITIES.flatMap((severity) => ofSeverity(catalogue, severity).flatMap(section)),
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

function overview(severity: Detection["severity"], detections: readonly Detection[]): readonly string[] {
  if (detections.length === 0) return [];
  return [
    `## ${capital(severity)}: ${URGENCY[severity]}`,
    "",
    "| detection | | told | pack |",
    "|---|---|---|---|",
    ...detections.map(
      (detection) =>
        `| [\`${detection.id}\`](#${detection.id}) | ${cell(detection.title)} | ${told(detection)} | ${detection.pack ?? ""} |`,
    ),
    "",
  ];
}

function told({ tier, count }: Detection): string {
  if (tier === "digest") return "daily digest";
  if (tier === "signal") return "counted only";
  return count ? `from ${count.threshold} events on` : "at once";
}

/** The file of a detection that ships, from the repository's root; of any other the catalogue's. */
function sourceOf(id: string): string {
  const files = readdirSync(join(ROOT, CATALOGUE), { recursive: true, encoding: "utf8" });
  const file = files.find((path) => basename(path) === `${id}.ts`);
  return file === undefined ? CATALOGUE : `${CATALOGUE}/${file.split(sep).join("/")}`;
}

function section(detection: Detection): readonly string[] {
  const { id, title, severity, tier, pack = "default", why, noise, runbook, attack, cis, references } = detection;
  return [
    `## ${id}`,
    "",
    `**${prose(title)}.** ${capital(severity)}, tier ${tier}, pack ${pack}, [source](../${sourceOf(id)}).`,
    "",
    prose(why),
    "",
    ...(noise === undefined ? [] : [`*Noise:* ${prose(noise)}`, ""]),
    "Looks for events of which all of this holds:",
    "",
    ...lookedFor(detection).map(({ depth, text }) => `${"  ".repeat(depth)}- ${withCode(text)}`),
    "",
    `*Told:* ${withCode(toldWhen(detection))} *Seen:* ${seenIn(detection)}`,
    "",
    "What to do:",
    "",
    `1. ${prose(runbook.check)}`,
    "2. Run",
    "",
    "   ```sh",
    `   ${runbook.command}`,
    "   ```",
    "",
    ...(historyNote(runbook.command) === "" ? [] : [`  ${historyNote(runbook.command)}`, ""]),
    `3. If it was not meant: ${prose(runbook.contain)}`,
    ...undoLines(runbook).map((line) => `   - \`${line.replaceAll("`", "'")}\``),
    ...(runbook.stopCaller === false ? [] : [`4. [Stop the caller](#stopping-the-caller).`]),
    "",
    [
      ...(attack ? [`MITRE ATT&CK [${attack.technique}](${techniquePage(attack.technique)}), ${attack.tactic}.`] : []),
      ...(cis.length > 0 ? [`CIS AWS Foundations ${cisNumbers(cis)}.`] : []),
      `References: ${references.map((reference) => `[${label(reference)}](${reference})`).join(", ")}.`,
    ].join(" "),
    "",
  ];
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

/** Text that Markdown shows as it is. */
function prose(text: string): string {
  return text.replace(/[*`\\]/g, "\\$&").replaceAll("<", "&lt;");
}

/** Quoted values as code, the rest as it is. */
function withCode(text: string): string {
  return text
    .split(/("(?:[^"\\`]|\\.)*")/)
    .map((part, index) => (index % 2 === 0 ? prose(part) : `\`${part.slice(1, -1)}\``))
    .join("");
}

function cell(text: string): string {
  return prose(text).replaceAll("|", "\\|");
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
