/** Of several things that are begun together, one's turn to do what must be done in order. */
export interface Turn {
  /** Resolves when all turns that were asked for before are over. */
  readonly come: Promise<void>;
  readonly over: () => void;
}

/** @returns asks for a turn; every turn must be made over, or those after it never come */
export function turns(): () => Turn {
  let last: Promise<void> = Promise.resolve();
  return () => {
    const before = last;
    let over = (): void => {};
    const mine = new Promise<void>((resolve) => {
      over = resolve;
    });
    last = Promise.all([before, mine]).then(() => undefined);
    return { come: before, over };
  };
}
