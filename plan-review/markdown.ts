import { type Alike, byRegion, isAlike, type Placed } from "./by-region";
import type { Review, Touched, Violation } from "./evaluate";
import type { Finding } from "./evaluation/check";
import { code, prose } from "./plan/escape";

/** Ids are shown whole, to be copied. */
const LONGEST_ID = 5_000;

const ACTIONS: Readonly<Record<Touched["action"], string>> = {
  create: "created",
  update: "updated",
  delete: "destroyed",
  replace: "replaced",
  forget: "removed from the state",
  read: "read",
  "no-op": "unchanged",
};

/** A review for a pull request: the verdict, the violations, what changes in the monitoring, and counts of the rest. */
export function markdown(review: Review): string {
  const { refused, accepted, indeterminate, drift, notes } = review;
  const sections = [
    `## ${verdict(review)}`,
    ...section("Violations", refused, (alike) => [howToAccept(alike)]),
    ...section("Accepted violations", accepted, (alike) => [
      `Accepted: ${alike.map(({ id }) => code(id, LONGEST_ID)).join(", ")}. Reason: ${prose(alike[0].reason)}`,
    ]),
    ...section("Changed outside Terraform", drift, ([{ repaired }]) => [
      repaired
        ? "This plan repairs it. Find out who changed it."
        : "**This plan does not repair it.** Find out who changed it, and restore it.",
    ]),
    ...section(
      "Indeterminate",
      indeterminate,
      () => [],
      "These changes may weaken the monitoring, but the plan does not show enough to decide. Check them yourself.",
    ),
    ...changes(review),
    ...(notes.length > 0 ? [notes.map((note) => `* ${prose(note)}`).join("\n")] : []),
  ];
  return `${sections.join("\n\n")}\n`;
}

function verdict({ refused, accepted, indeterminate, drift }: Review): string {
  const aside = [
    ...(accepted.length > 0 ? [`${accepted.length} accepted`] : []),
    ...(drift.length > 0 ? [`${drift.length} changed outside Terraform`] : []),
    ...(indeterminate.length > 0 ? [`${indeterminate.length} indeterminate`] : []),
  ];
  const main =
    refused.length > 0
      ? `Refused: this plan weakens the monitoring (${refused.length} violation${refused.length === 1 ? "" : "s"})`
      : `Passed: no ${accepted.length > 0 ? "other " : ""}violations`;
  return [main, ...aside].join("; ");
}

/** Violations by check: what changes, then, once for each check, why that matters and how to fix it. */
function section<V extends Violation>(
  title: string,
  violations: readonly V[],
  lastly: (alike: Alike<V>["members"]) => readonly string[],
  note?: string,
): readonly string[] {
  const byCheck = new Map<V["check"], V[]>();
  for (const violation of violations) {
    const alike = byCheck.get(violation.check);
    if (alike) alike.push(violation);
    else byCheck.set(violation.check, [violation]);
  }
  const parts = [...byCheck].map(([check, alike]) =>
    [
      `**${check.title}** (\`${check.id}\`)`,
      "",
      ...byRegion(alike, said).flatMap((found) => {
        const [lines, members] = isAlike(found) ? [items(found), found.members] : [item(found), [found] as const];
        return [...lines, ...lastly(members).map((line) => `  * ${line}`)];
      }),
      "",
      `*Why:* ${check.why}`,
      "",
      `*Remediation:* ${check.remediation}`,
    ].join("\n"),
  );
  return parts.length === 0 ? [] : [`### ${title}`, ...(note === undefined ? [] : [note]), ...parts];
}

/** All of a violation but which resource has it. */
function said({ id: _, check: __, address: ___, name: ____, because, ...rest }: Violation): unknown {
  return [because.text, rest];
}

function howToAccept(alike: Alike<Violation>["members"]): string {
  const [{ id }, ...others] = alike;
  return others.length === 0
    ? `To accept this (quote the id in a shell): \`--accept\` ${code(id, LONGEST_ID)} \`--reason "…"\``
    : `To accept these, give each id (quoted in a shell) with its reason, as \`--accept ID --reason "…"\`: ${alike.map((each) => code(each.id, LONGEST_ID)).join(", ")}`;
}

/** The same findings about resources in several regions. */
function items({ members, names, regions }: Alike<Violation>): readonly string[] {
  const [{ because, findings, region = "", label }] = members;
  const listed = regions.map((each) => code(each)).join(", ");
  const inAll = findings.map(({ what, before, after, ...finding }) => ({
    ...finding,
    what: what.replaceAll(code(region), listed),
    ...(before !== undefined && { before: before.replaceAll(region, "*") }),
    ...(after !== undefined && { after: after.replaceAll(region, "*") }),
  }));
  const others = because.other === undefined ? "" : ` ${code(because.other)} and its like`;
  return [
    ...findingLines(`${countOf(members, label, regions)} (${because.text}${others})`, inAll),
    `  * Named ${names.map((name) => code(name)).join(", ")}, in ${listed}`,
  ];
}

/** Such as `6 × rule in each of 17 regions`. */
function countOf(members: readonly Placed[], label: string, regions: readonly string[]): string {
  const each = members.length / regions.length;
  const what = label.replace(/^the /, "");
  return Number.isInteger(each)
    ? `${each} × ${what} in each of ${regions.length} regions`
    : `${members.length} × ${what} in ${regions.length} regions`;
}

/** The findings about one resource, by what they say. */
function item({ address, because, findings }: Violation): readonly string[] {
  const whose = because.other === undefined ? because.text : `${because.text} ${code(because.other)}`;
  return findingLines(`${code(address)} (${whose})`, findings);
}

function findingLines(about: string, findings: readonly Finding[]): readonly string[] {
  const whats = [...new Set(findings.map(({ what }) => what))];
  return whats.flatMap((what) => [
    `* ${about}: ${what}`,
    ...findings.filter((finding) => finding.what === what).flatMap(values),
  ]);
}

function values({ attribute, before, after }: Finding): readonly string[] {
  if (attribute === undefined) return [];
  const ends = [before, after].flatMap((end) => (end === undefined || end === "" ? [] : [code(end)]));
  return [`  * ${[code(attribute), ...(ends.length > 0 ? [ends.join(" → ")] : [])].join(": ")}`];
}

/** What changes in the monitoring, with created resources and all other resources only counted. */
function changes({ touched, watched, rest }: Review): readonly string[] {
  const created = new Map<string, number>();
  for (const { label, action } of touched) {
    if (action === "create") created.set(label, (created.get(label) ?? 0) + 1);
  }
  const others = Object.entries(rest).flatMap(([action, count]) =>
    action === "no-op" || action === "read" ? [] : [`${count} ${ACTIONS[action as Touched["action"]]}`],
  );
  const news = [...created].map(([label, count]) => (count === 1 ? label : `${count} × ${label.replace(/^the /, "")}`));
  return [
    "### Monitoring resources",
    [
      ...byRegion(
        touched.filter(({ action }) => action !== "create"),
        ({ action, attributes, imported, previousAddress }) => [action, attributes, imported, previousAddress],
      ).map((found) => (isAlike(found) ? touches(found) : touch(found))),
      ...(news.length > 0 ? [`* Created: ${news.join(", ")}`] : []),
      `* Unchanged: ${watched - touched.length} of ${watched}`,
    ].join("\n"),
    "### Other resources",
    `* ${[others.length > 0 ? others.join(", ") : "No changes", ...(rest["no-op"] ? [`${rest["no-op"]} unchanged`] : [])].join("; ")}`,
  ];
}

function touch(touched: Touched): string {
  const { address, label } = touched;
  return `* ${label.slice(0, 1).toUpperCase()}${label.slice(1)} ${code(address)} is ${done(touched)}`;
}

function touches({ members, names, regions }: Alike<Touched>): string {
  const [first] = members;
  const [named, listed] = [names, regions].map((all) => all.map((each) => code(each)).join(", "));
  return `* ${countOf(members, first.label, regions)} (${named} in ${listed}): ${done(first, " and its like")}`;
}

function done({ action, attributes, imported, previousAddress }: Touched, like = ""): string {
  const did = [
    ...(imported ? ["imported"] : []),
    ...(previousAddress === undefined ? [] : [`moved from ${code(previousAddress)}${like}`]),
    ...(action === "no-op" ? [] : [ACTIONS[action]]),
  ];
  const what = attributes.length > 0 ? `: ${attributes.map((each) => code(each)).join(", ")}` : "";
  return `${did.join(", ")}${what}`;
}
