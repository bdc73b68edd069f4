import type { Channel } from "../alerting/channels/channel";
import type { ConfiguredChannel } from "../alerting/channels/configured-channel";
import type { Contradiction, Origins } from "./contradiction";
import { nearest } from "./nearest";
import { beginning, quote } from "./problem";

/**
 * What can't go together among channels, or with the detections that there are.
 *
 * @param detectionIds every one that there is
 * @param kinds every kind of channel that there is
 */
export function channelContradictions(
  { channels }: { readonly channels: readonly ConfiguredChannel[] },
  { from, placeOf }: Origins,
  detectionIds: readonly string[],
  kinds: readonly Channel[],
): readonly Contradiction[] {
  return channels.flatMap((channel, index) => {
    const place = `channels[${placeOf("channels", index)}]`;
    const where = from("channels");
    const duplicate = channels.findIndex(({ id }) => id === channel.id) < index;
    return [
      ...unknownDetections(channel, detectionIds).map(([each, id, problem]) => ({
        keys: ["channels"],
        problem: `${place}.detections[${each}] is ${quote(/^[a-z-]+$/.test(id) ? id : beginning(id))}${where}: ${problem}`,
      })),
      ...(duplicate
        ? [
            {
              keys: ["channels"],
              problem: `${place}.type is "${channel.type}"${where}: duplicate: another channel has the same type, secret and settings; write one with both filters`,
            },
          ]
        : []),
      ...unacknowledged(channel, channels, kinds).map((problem) => ({
        keys: ["channels.*"],
        problem: `${place}.escalateAfterMinutes is ${channel.escalateAfterMinutes}${where}: ${problem}`,
      })),
    ];
  });
}

function unknownDetections(
  { detections = [] }: ConfiguredChannel,
  known: readonly string[],
): readonly (readonly [index: number, id: string, problem: string])[] {
  return detections.flatMap((id, index) => {
    if (known.includes(id)) return [];
    const help = known.length > 0 ? `did you mean ${nearest(id, known).join(", ")}?` : "there are none";
    return [[index, id, `unknown detection; ${help}`] as const];
  });
}

/** Where no channel of the alert can acknowledge it, each of them would escalate. */
function unacknowledged(
  { escalateAfterMinutes }: ConfiguredChannel,
  channels: readonly ConfiguredChannel[],
  kinds: readonly Channel[],
): readonly string[] {
  if (escalateAfterMinutes === undefined) return [];
  const types = kinds.filter(({ acknowledgement }) => acknowledgement !== undefined).map(({ type }) => type);
  if (channels.some((other) => other.escalateAfterMinutes === undefined && types.includes(other.type))) return [];
  return [
    `no channel that is notified at once can acknowledge, so every critical alert would escalate; add one of type ${types.join(", ")} without escalateAfterMinutes, or leave it out here`,
  ];
}
