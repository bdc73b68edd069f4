/** A whole number as an argument gives it; undefined where it is none that can be counted with. */
export function wholeNumber(text: string): number | undefined {
  const number = Number(text);
  return /^\d+$/.test(text) && Number.isSafeInteger(number) ? number : undefined;
}
