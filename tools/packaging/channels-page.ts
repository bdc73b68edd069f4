import type { Channel } from "../../alerting/channels/channel";
import { cell, ownText } from "../../config/markdown";

/** The rows of docs/channels.md: of every kind its type, what its secret holds, and its settings. */
export function channelsTable(kinds: readonly Channel[]): string {
  const rows = kinds.map(({ type, label, secret, settings, acknowledgement }) => {
    const said = Object.entries(settings).map(
      ([name, { required, docs }]) => `\`${name}\`${required ? " (required)" : ""}: ${docs}`,
    );
    return [
      `${label}: \`${type}\``,
      secret === undefined ? "none" : ownText(secret),
      said.join(" ") || "none",
      acknowledgement ? "yes" : "no",
    ];
  });
  const lines = rows.map((row) => `| ${row.map(cell).join(" | ")} |`);
  return ["| type | the secret holds | settings | acknowledges |", "|---|---|---|---|", ...lines].join("\n");
}
