import { techniques } from "./coverage";
import type { ListedDetection } from "./listing";

/**
 * What the detections cover, as a layer for MITRE's ATT&CK Navigator 5: a technique's score is the number of
 * enabled detections.
 *
 * ATT&CK 18 is named, because a technique's number may have another meaning, or none, in a later version.
 *
 * Source: https://github.com/mitre-attack/attack-navigator/blob/master/layers/spec/v4.5/layerformat.md
 */
export function navigatorLayer(detections: readonly ListedDetection[]): object {
  const scored = techniques(detections).map(({ technique, tactic, detections }) => {
    const on = detections.filter(({ state }) => state === "enabled");
    const off = detections.filter(({ state }) => state === "disabled");
    return {
      techniqueID: technique,
      tactic: tactic.toLowerCase().replaceAll(" ", "-"),
      score: on.length,
      comment: [...on.map(({ id }) => id), ...off.map(({ id }) => `${id} (off)`)].join("\n"),
    };
  });
  return {
    name: "trailwarden",
    versions: { attack: "18", navigator: "5.2.0", layer: "4.5" },
    domain: "enterprise-attack",
    description: "Techniques that trailwarden detects; the score is the number of enabled detections",
    layout: { layout: "side", showID: true, showName: true, expandedSubtechniques: "annotated" },
    techniques: scored,
    gradient: {
      colors: ["#ffffff", "#8ec843"],
      minValue: 0,
      maxValue: Math.max(1, ...scored.map(({ score }) => score)),
    },
  };
}
