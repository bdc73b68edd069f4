import type { Place } from "../windows/alert-state";
import type { AlertCandidate } from "./match";

/**
 * What is decided on a candidate:
 *
 * - `publish`: it is claimed; publish its alert, then confirm its place
 * - `merged`: an alert of the same event is out and names its detection; confirm its place as published
 * - `duplicate`: it has ended before
 * - `grouped`: its window's summary reports it
 * - `counted`: its detection only counts, or not enough have come together, or the alert for them is out
 * - `digested`: the daily digest reports it
 * - `repeated`: the same batch holds the event twice; this one ends as `first` does
 * - `retry`: its message must come again
 */
export type Outcome<C extends AlertCandidate> = { readonly candidate: C } & (
  | { readonly kind: "publish" | "merged"; readonly place: Place }
  | { readonly kind: "counted" | "digested" }
  /** `opener` is the event behind whose alert it is grouped. */
  | { readonly kind: "grouped" | "duplicate"; readonly opener?: string }
  | { readonly kind: "repeated"; readonly first: C }
  /** `error` is what was thrown, if anything was. */
  | { readonly kind: "retry"; readonly reason: string; readonly error?: unknown }
);

/** Candidates that are decided on one after the other: on the next only when its outcome is asked for. */
export interface Sequence<C extends AlertCandidate> {
  /** Whether its alerts take the hour's places in the order in which the sequences of the round stand. */
  readonly inTurn: boolean;
  readonly outcomes: AsyncIterable<Outcome<C>> | Iterable<Outcome<C>>;
}

/** What may be decided on side by side. Nothing of the next round is decided on before all of this one is dispatched. */
export interface Round<C extends AlertCandidate> {
  /** How many sequences are under way at once. */
  readonly atOnce: number;
  readonly sequences: Iterable<Sequence<C>>;
}

/** The outcomes of all rounds, one after the other. */
export async function* inSequence<C extends AlertCandidate>(
  rounds: AsyncIterable<Round<C>>,
): AsyncGenerator<Outcome<C>, void> {
  for await (const { sequences } of rounds) for (const { outcomes } of sequences) yield* outcomes;
}
