import { describe, expect, test } from "@jest/globals";
import type { ConfiguredChannel } from "../../alerting/channels/configured-channel";
import { channelContradictions } from "../../config/channel-contradictions";
import type { Origins } from "../../config/contradiction";
import { usablePart } from "../../config/usable";
import { KINDS } from "./channel-kinds";

const origins: Origins = { isGiven: () => true, from: () => " (from cdktf.json)", placeOf: (_, index) => index };
const pigeon: ConfiguredChannel = {
  id: "pigeon-00000001",
  type: "pigeon",
  secret: "p",
  minSeverity: "medium",
  settings: { loft: "L1" },
};
const drum: ConfiguredChannel = { id: "drum-00000001", type: "drum", minSeverity: "medium", settings: {} };

function problems(...channels: readonly ConfiguredChannel[]): readonly string[] {
  return channelContradictions({ channels }, origins, ["trail-stopped", "trail-changed"], KINDS).map(
    ({ problem }) => problem,
  );
}

test("channels that fit have none", () => {
  expect(problems(pigeon, drum, { ...drum, id: "drum-00000002", escalateAfterMinutes: 15 })).toEqual([]);
});

test("a detection must exist", () => {
  expect(problems({ ...drum, detections: ["trail-stopped", "trail-stoped"] })).toEqual([
    expect.stringMatching(
      /^channels\[0\]\.detections\[1\] is "trail-stoped" \(from cdktf\.json\): unknown detection; did you mean trail-stopped/,
    ),
  ]);
});

test("a channel stands in the list once, whatever its filters", () => {
  expect(problems(pigeon, drum, { ...pigeon, minSeverity: "critical" })).toEqual([
    expect.stringMatching(/^channels\[2\]\.type is "pigeon" \(from cdktf\.json\): duplicate: .*; write one/),
  ]);
});

describe("a channel that escalates", () => {
  const escalating = { ...drum, escalateAfterMinutes: 15 };
  const refused = [
    expect.stringMatching(
      /\.escalateAfterMinutes is 15 \(from cdktf\.json\): no channel that is notified at once can acknowledge, .*; add one of type pigeon without escalateAfterMinutes, or leave it out here$/,
    ),
  ];

  test("needs another that can acknowledge", () => {
    expect(problems(escalating)).toEqual(refused);
    expect(problems({ ...drum, id: "drum-00000002" }, escalating)).toEqual(refused);
    expect(problems(pigeon, escalating)).toEqual([]);
  });

  test("is no such channel itself", () => {
    expect(problems({ ...pigeon, escalateAfterMinutes: 15 })).toEqual(refused);
  });

  test("is not asked for it while another channel is faulty, which may be the one", () => {
    const [contradiction] = channelContradictions({ channels: [escalating] }, origins, [], KINDS);
    const { isFaulty } = usablePart({ channels: [{}, { type: "drum" }] }, [["channels", 0, "secret"]]);
    const { isFaulty: soundly } = usablePart({ channels: [{ type: "drum" }] }, [["subscribers", 0]]);

    expect(contradiction?.keys.some(isFaulty)).toBe(true);
    expect(contradiction?.keys.some(soundly)).toBe(false);
  });
});
