import type { Detection } from "./detection";

/** The packs that a configuration can enable. */
export const PACKS = ["default", "cis", "strict"] as const;

export type Pack = (typeof PACKS)[number];

/** The enabled packs and the disabled detections. */
export interface Choice {
  readonly packs: readonly Pack[];
  /** Ids of detections to disable, whatever their pack. */
  readonly disabledDetections: readonly string[];
}

const belongs: Readonly<Record<Pack, (detection: Detection) => boolean>> = {
  default: ({ pack }) => pack === undefined,
  cis: ({ cis }) => cis.length > 0,
  strict: () => true,
};

/** The enabled detections, in their order. Custom detections are enabled with every pack. */
export function switchedOn(
  catalogue: readonly Detection[],
  { packs, disabledDetections }: Choice,
): readonly Detection[] {
  const disabled = new Set(disabledDetections);
  return catalogue.filter(
    (detection) =>
      !disabled.has(detection.id) && (detection.pack === "own" || packs.some((pack) => belongs[pack](detection))),
  );
}
