import type { Finding } from "./checks/check";
import { code, prose } from "./escape";
import type { Concern, Review, Touched } from "./judge";

/** An id is there to be copied. */
const LONGEST_ID = 5_000;

const DONE: Readonly<Record<Touched["action"], string>> = {
  create: "created",
  update: "changed",
  delete: "destroyed",
  replace: "destroyed and made anew",
  forget: "no longer managed",
  read: "read",
  "no-op": "unchanged",
};

/** A review for a pull request: the verdict, what changes in the monitoring, the rest in numbers. */
export function markdown(review: Review): string {
  const { refused, accepted, cannotTell, drift, notes } = review;
  const sections = [
    `## ${verdict(review)}`,
    ...section("Refused", refused, ({ id }) => [`to let it through: \`--accept\` ${code(id, LONGEST_ID)}`]),
    ...section("Let through", accepted, ({ id, reason }) => [`${code(id)}, because: ${prose(reason)}`]),
    ...section("Changed outside Terraform", drift, ({ repaired }) => [
      repaired
        ? "this plan puts it right; find out who did it"
        : "**this plan leaves it so**; find out who did it, and put it right",
    ]),
    ...section("Can't tell", cannotTell, () => []),
    ...changes(review),
    ...(notes.length > 0 ? [notes.map((note) => `* ${prose(note)}`).join("\n")] : []),
  ];
  return `${sections.join("\n\n")}\n`;
}

function verdict({ refused, accepted, cannotTell, drift }: Review): string {
  const aside = [
    ...(accepted.length > 0 ? [`${accepted.length} let through`] : []),
    ...(drift.length > 0 ? [`${drift.length} changed outside Terraform`] : []),
    ...(cannotTell.length > 0 ? [`${cannotTell.length} can't be told`] : []),
  ];
  const ways = refused.length === 1 ? "one way" : `${refused.length} ways`;
  const main =
    refused.length > 0
      ? `Refused: this plan weakens the monitoring in ${ways}`
      : "Nothing in this plan weakens the monitoring";
  return [main, ...aside].join("; ");
}

/** Concerns by check: why it matters and what to do are said once. */
function section<C extends Concern>(
  title: string,
  concerns: readonly C[],
  lastly: (concern: C) => readonly string[],
): readonly string[] {
  const byCheck = new Map<C["check"], C[]>();
  for (const concern of concerns) {
    const alike = byCheck.get(concern.check);
    if (alike) alike.push(concern);
    else byCheck.set(concern.check, [concern]);
  }
  const told = [...byCheck].map(([check, alike]) =>
    [
      `**${check.title}.** ${check.why} *Instead:* ${check.mend}`,
      "",
      ...alike.flatMap((concern) => [...item(concern), ...lastly(concern).map((line) => `  * ${line}`)]),
    ].join("\n"),
  );
  return told.length === 0 ? [] : [`### ${title}`, ...told];
}

/** What was found of one resource, by what was found. */
function item({ address, because, findings }: Concern): readonly string[] {
  const whose = because.other === undefined ? because.words : `${because.words} ${code(because.other)}`;
  const whats = [...new Set(findings.map(({ what }) => what))];
  return whats.flatMap((what) => [
    `* ${what}: ${code(address)} (${whose})`,
    ...findings.filter((finding) => finding.what === what).flatMap(values),
  ]);
}

function values({ attribute, before, after }: Finding): readonly string[] {
  if (attribute === undefined) return [];
  const ends = [before, after].flatMap((end) => (end === undefined || end === "" ? [] : [code(end)]));
  return [`  * ${[code(attribute), ...(ends.length > 0 ? [ends.join(" → ")] : [])].join(": ")}`];
}

/** What changes in the monitoring, what is created only in numbers, and everything else. */
function changes({ touched, watched, rest }: Review): readonly string[] {
  const created = new Map<string, number>();
  for (const { noun, action } of touched) {
    if (action === "create") created.set(noun, (created.get(noun) ?? 0) + 1);
  }
  const others = Object.entries(rest).flatMap(([action, count]) =>
    action === "no-op" || action === "read" ? [] : [`${count} ${DONE[action as Touched["action"]]}`],
  );
  const news = [...created].map(([noun, count]) => (count === 1 ? noun : `${count} × ${noun.replace(/^the /, "")}`));
  return [
    "### The monitoring",
    [
      ...touched.filter(({ action }) => action !== "create").map(touch),
      ...(news.length > 0 ? [`* Created: ${news.join(", ")}`] : []),
      `* Unchanged: ${watched - touched.length} of ${watched}`,
    ].join("\n"),
    "### Everything else",
    `* ${[others.length > 0 ? others.join(", ") : "No changes", ...(rest["no-op"] ? [`${rest["no-op"]} unchanged`] : [])].join("; ")}`,
  ];
}

function touch({ address, noun, action, attributes, imported, previousAddress }: Touched): string {
  const did = [
    ...(imported ? ["imported"] : []),
    ...(previousAddress === undefined ? [] : [`moved from ${code(previousAddress)}`]),
    ...(action === "no-op" ? [] : [DONE[action]]),
  ];
  const what = attributes.length > 0 ? `: ${attributes.map((each) => code(each)).join(", ")}` : "";
  return `* ${noun.slice(0, 1).toUpperCase()}${noun.slice(1)} ${code(address)} is ${did.join(", ")}${what}`;
}
