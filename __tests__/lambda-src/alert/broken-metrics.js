// Loaded before the zip: what makes the metrics has a defect.
const { entries } = Object;
Object.entries = function entriesWithDefect(value) {
  if (Object.hasOwn(value, "made")) undefined.field.trim();
  return entries(value);
};
