import type { Severity } from "../../detection/definition/detection";

/** Text in one style. */
export interface Run {
  readonly text: string;
  readonly bold?: boolean;
  readonly code?: boolean;
  /** Where the text leads to. */
  readonly url?: string;
}

export type Tone = Severity | "plain";

/** What a channel's message consists of, as its readers see it, from top to bottom. Texts are the vendor's payload's. */
export type Part =
  | { readonly form: "heading"; readonly text: string; readonly tone: Tone }
  /** Lines of text: runs may hold line breaks. `gap`: set apart from what is above. */
  | { readonly form: "text"; readonly runs: readonly Run[]; readonly gap: boolean }
  | { readonly form: "small"; readonly text: string }
  | { readonly form: "code"; readonly text: string }
  | { readonly form: "table"; readonly rows: readonly { readonly name: string; readonly value: string }[] }
  | { readonly form: "buttons"; readonly links: readonly { readonly text: string; readonly url: string }[] }
  | { readonly form: "tags"; readonly tags: readonly { readonly text: string; readonly tone: Tone }[] }
  /** Parts with a bar of a color beside them. */
  | { readonly form: "bar"; readonly tone: Tone; readonly parts: readonly Part[] }
  /** Parts that the vendor shows when they are asked for. */
  | { readonly form: "more"; readonly title: string; readonly parts: readonly Part[] }
  /** What this page does not know how to show. */
  | { readonly form: "unknown"; readonly type: string };

/** One message, in the frame that the vendor puts around it. */
export interface Message {
  /** Who wrote it, or the kind of thing that it is. */
  readonly by: string;
  readonly parts: readonly Part[];
}

/** What people see in a channel of one notification, or of an incident's notifications. */
export interface Look {
  /** The channel's type, as in the configuration. */
  readonly type: string;
  /** What people call the channel. */
  readonly label: string;
  readonly messages: readonly Message[];
  /** Beneath the last message, in its thread. */
  readonly replies: readonly Message[];
}

export const text = (...runs: readonly Run[]): Part => ({ form: "text", runs, gap: false });
export const apart = (...runs: readonly Run[]): Part => ({ form: "text", runs, gap: true });
export const small = (line: string): Part => ({ form: "small", text: line });
export const unknown = (type: unknown): Part => ({ form: "unknown", type: String(type) });
