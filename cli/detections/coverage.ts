import { CIS_CONTROLS, CIS_VERSIONS, cisFrom6 } from "../../detection/catalogue/cis-controls";
import { techniquePage } from "./format";
import type { ListedDetection } from "./listing";

/** A technique with one of its tactics, and the detections that cover it. */
export interface Covered {
  readonly technique: string;
  readonly tactic: string;
  readonly detections: readonly ListedDetection[];
}

/** Ordered by technique. */
export function techniques(detections: readonly ListedDetection[]): readonly Covered[] {
  const covered = new Map<string, Covered>();
  for (const detection of detections) {
    if (!detection.attack) continue;
    const { technique, tactic } = detection.attack;
    const key = `${technique} ${tactic}`;
    const before = covered.get(key)?.detections ?? [];
    covered.set(key, { technique, tactic, detections: [...before, detection] });
  }
  return [...covered].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
}

/** Which detections cover which techniques and controls, as Markdown. */
export function coverageTables(detections: readonly ListedDetection[]): string {
  const attack = techniques(detections).map(
    ({ technique, tactic, detections }) =>
      `| [${technique}](${techniquePage(technique)}) | ${tactic} | ${names(detections)} |`,
  );
  const cis = Object.entries(CIS_CONTROLS).map(
    ([control, title]) =>
      `| ${control} | ${cisFrom6(control)} | ${title} | ${names(detections.filter(({ cis }) => cis.includes(control)))} |`,
  );
  const off = detections.some(({ state }) => state === "disabled");
  return [
    "## MITRE ATT&CK",
    "",
    "| technique | tactic | detections |",
    "|---|---|---|",
    ...attack,
    "",
    "## CIS AWS Foundations Benchmark, monitoring",
    "",
    `| versions ${CIS_VERSIONS.cis} | versions ${CIS_VERSIONS.cisFrom6} | | detections |`,
    "|---|---|---|---|",
    ...cis,
    ...(off ? ["", "(off): disabled by the configuration."] : []),
    "",
  ].join("\n");
}

function names(detections: readonly ListedDetection[]): string {
  return detections.map(({ id, state }) => `\`${id}\`${state === "enabled" ? "" : " (off)"}`).join(", ") || "none";
}
