// Times as the page writes them, in UTC.

export function isoSeconds(time: number): string {
  return new Date(time).toISOString().replace(".000Z", "Z");
}

/** To the minute, or the day where it is midnight. */
export function shortTime(time: number): string {
  return isoSeconds(time)
    .replace("T", " ")
    .replace(/:00Z$/, "")
    .replace(/ 00:00$/, "");
}
