import type { World } from "./world";

/** Something that must hold of the whole system. Begins at 10:00 of a day on which nothing has happened. */
export interface Check {
  readonly name: string;
  /** Rejects when it doesn't hold. */
  readonly run: (world: World) => Promise<void>;
}
