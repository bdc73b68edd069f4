/** Leaves room for the plan below. */
const MAX_REVIEW_BYTES = 40_000;

/** A plan's review as it is, or as many of its lines as fit: the verdict stands in the first. */
export function fittedReview(review: string): string {
  const lines = review.trimEnd().split("\n");
  let room = MAX_REVIEW_BYTES;
  const kept = lines.findIndex((line) => {
    room -= Buffer.byteLength(line) + 1;
    return room < 0;
  });
  if (kept === -1) return `${lines.join("\n")}\n\n`;
  return `${lines.slice(0, kept).join("\n")}\n\nThe last ${lines.length - kept} of the review's ${lines.length} lines are cut. The run's log has all of them.\n\n`;
}
