/**
 * Rows as lines whose cells stand below each other.
 *
 * @param left how many of the first columns are aligned to the left; the others hold numbers
 */
export function columns(rows: readonly (readonly string[])[], left: number): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => widthOf(row[column] ?? ""))));
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const room = " ".repeat((widths[column] as number) - widthOf(cell));
        return column < left ? cell + room : room + cell;
      })
      .join("  ")
      .trimEnd(),
  );
}

function widthOf(cell: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colors take no room
  return cell.replace(/\x1b\[[0-9;]*m/g, "").length;
}
