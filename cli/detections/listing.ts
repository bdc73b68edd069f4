import type { LoadedDetections } from "../../config/custom-detections/load";
import { cisFrom6 } from "../../detection/catalogue/cis-controls";
import { type Detection, SEVERITIES } from "../../detection/definition/detection";
import { switchedOn } from "../../detection/definition/switched-on";

/** A detection as programs read it. */
export interface ListedDetection {
  readonly id: string;
  readonly severity: Detection["severity"];
  readonly tier: Detection["tier"];
  readonly pack: NonNullable<Detection["pack"]> | "default";
  readonly attack: Detection["attack"] | null;
  /** Numbers of the CIS AWS Foundations Benchmark, versions 1.4 to 5.0. */
  readonly cis: readonly string[];
  /** The same controls' numbers in versions 6.0 and 7.0. */
  readonly cisFrom6: readonly string[];
  readonly pattern: Detection["pattern"];
  /** By the configuration. */
  readonly state: "enabled" | "disabled";
}

/** Every shipped and custom detection, most severe first. */
export function listed({
  catalogue,
  config,
}: Pick<LoadedDetections, "catalogue" | "config">): readonly ListedDetection[] {
  const on = new Set(switchedOn(catalogue, config));
  return bySeverity(catalogue).map((detection) => ({
    id: detection.id,
    severity: detection.severity,
    tier: detection.tier,
    pack: detection.pack ?? "default",
    attack: detection.attack ?? null,
    cis: detection.cis,
    cisFrom6: detection.cis.map(cisFrom6),
    pattern: detection.pattern,
    state: on.has(detection) ? "enabled" : "disabled",
  }));
}

function bySeverity(detections: readonly Detection[]): readonly Detection[] {
  return SEVERITIES.flatMap((severity) => detections.filter((detection) => detection.severity === severity));
}

const HEADINGS = ["severity", "id", "tier", "pack", "state"] as const;

/** The same as a table for people. */
export function table(detections: readonly ListedDetection[]): string {
  const rows = [HEADINGS, ...detections.map((each) => HEADINGS.map((key) => each[key]))];
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => String(row[column]).length)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] as number))
      .join("  ")
      .trimEnd(),
  );
  const enabled = detections.filter(({ state }) => state === "enabled").length;
  return `${lines.join("\n")}\n\n${enabled} of ${detections.length} enabled by the configuration (packs, disabledDetections)\n`;
}
