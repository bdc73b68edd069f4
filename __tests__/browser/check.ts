import type { Reports } from "./reports";

/** Something that must hold of a report in a browser; besides, none may log anything or ask for anything. */
export interface Check {
  readonly name: string;
  /** Rejects when it doesn't hold. */
  readonly run: (reports: Reports) => Promise<void>;
}
