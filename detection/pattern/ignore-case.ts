/**
 * Comparing texts regardless of case as EventBridge does: per UTF-16 unit of the pattern, its lower and its upper case.
 *
 * No full Unicode folding: `ß` matches `ß` and `SS`, never `ss`; a character outside the basic plane is two units
 * without a case, which EventBridge turns into `??`.
 */

/** Per unit of the pattern, the texts that stand for it. */
export type FoldedText = readonly (readonly string[])[];

export function fold(text: string): FoldedText {
  return text.split("").map((unit) => {
    if (unit >= "\ud800" && unit <= "\udfff") return ["?"];
    const lower = unit.toLowerCase();
    const upper = unit.toUpperCase();
    return lower === upper ? [lower] : [lower, upper];
  });
}

/** Where in the value the text ends that begins at `start`; -1 when it does not begin there. */
export function endOfFolded(folded: FoldedText, value: string, start: number): number {
  let end = start;
  for (const spellings of folded) {
    const found = spellings.find((spelling) => value.startsWith(spelling, end));
    if (found === undefined) return -1;
    end += found.length;
  }
  return end;
}

/** Where in the value the text begins that ends at its end; -1 when it does not end so. */
export function startOfFolded(folded: FoldedText, value: string): number {
  let start = value.length;
  for (let unit = folded.length - 1; unit >= 0; unit--) {
    const found = (folded[unit] as readonly string[]).find(
      (spelling) => spelling.length <= start && value.endsWith(spelling, start),
    );
    if (found === undefined) return -1;
    start -= found.length;
  }
  return start;
}
