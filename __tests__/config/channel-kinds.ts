import type { Channel } from "../../alerting/channels/channel";

const nothing = { threads: false, permissions: () => [], render: () => ({}), send: async () => undefined };

/** Kinds of channels that there aren't: with and without secret, with settings of either sort, with an acknowledgement. */
export const KINDS: readonly Channel[] = [
  {
    ...nothing,
    type: "pigeon",
    label: "Pigeon",
    secret: "the loft's key",
    settings: {
      loft: { required: true, pattern: /^L\d+$/, allowed: "a loft's number such as L1", docs: "The loft" },
      ring: { required: false, pattern: /^[a-z]+$/, allowed: "a color", docs: "The ring" },
    },
    permissions: ({ loft }) => [
      {
        sid: "ReleasePigeons",
        actions: ["airship:Release"],
        resources: [`arn:{partition}:airship:{region}:{account}:loft/${loft}`],
      },
    ],
    acknowledgement: async () => undefined,
  },
  { ...nothing, type: "drum", label: "Drum", secret: undefined, settings: {} },
];
