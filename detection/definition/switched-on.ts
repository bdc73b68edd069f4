import type { Detection } from "./detection";

/** What a deployment may ask for. */
export const PACKS = ["default", "cis", "strict"] as const;

export type Pack = (typeof PACKS)[number];

/** What a deployment wants and what it does not. */
export interface Choice {
  readonly packs: readonly Pack[];
  /** Ids of detections that are off whatever their pack. */
  readonly disabledDetections: readonly string[];
}

const belongs: Readonly<Record<Pack, (detection: Detection) => boolean>> = {
  default: ({ pack }) => pack === undefined,
  cis: ({ cis }) => cis.length > 0,
  strict: () => true,
};

/** The detections that the choice switches on, in their order. A user's own are on in every pack. */
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
