/**
 * The names that a mistaken one most likely stands for, nearest first: by the words that they share (`trail-slowed` and
 * `trail-stopped`), then by the letters that differ.
 *
 * @param count at most so many
 */
export function nearest(given: string, known: readonly string[], count = 3): readonly string[] {
  const words = wordsOf(given);
  const ranked = [...new Set(known)].map((name) => {
    const shared = wordsOf(name).filter((word) => words.includes(word)).length;
    const letters = distance(normal(given), normal(name));
    return { name, rank: letters - 3 * shared };
  });
  return ranked
    .sort((a, b) => a.rank - b.rank || (a.name < b.name ? -1 : 1))
    .slice(0, count)
    .map(({ name }) => name);
}

/** The name that is surely meant: the same letters in another case or with other signs between, or one or two letters off. */
export function surelyMeant(given: string, known: readonly string[]): string | undefined {
  const same = known.find((name) => normal(name) === normal(given));
  if (same !== undefined) return same;
  const allowed = given.length < 5 ? 1 : 2;
  const [first] = nearest(given, known, 1);
  return first !== undefined && distance(normal(given), normal(first)) <= allowed ? first : undefined;
}

/** Letters and digits alone, in lower case. */
function normal(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, "");
}

function wordsOf(text: string): readonly string[] {
  return text
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word.length > 2);
}

/** Letters to put in, take out, replace or swap with the next (optimal string alignment), of at most 100 of each. */
function distance(one: string, other: string): number {
  const a = one.slice(0, 100);
  const b = other.slice(0, 100);
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= a.length; row++) {
    const above = rows[row - 1] as number[];
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let least = Math.min(
        (above[column] as number) + 1,
        (current[column - 1] as number) + 1,
        (above[column - 1] as number) + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        least = Math.min(least, ((rows[row - 2] as number[])[column - 2] as number) + 1);
      }
      current.push(least);
    }
    rows.push(current);
  }
  return (rows[a.length] as number[])[b.length] as number;
}
