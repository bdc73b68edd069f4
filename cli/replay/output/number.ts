/** A count as people read it: `12,345`. */
export function number(count: number): string {
  return count.toLocaleString("en-US");
}

/** A count and what is counted: `1 alert`, `12,345 alerts`. */
export function counted(count: number, one: string): string {
  return `${number(count)} ${one}${count === 1 ? "" : "s"}`;
}
