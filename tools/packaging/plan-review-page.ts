import { cell } from "../../config/markdown";
import type { Check } from "../../plan-review/checks/check";
import { LINKS } from "../../plan-review/monitoring/links";
import { nounOf } from "../../plan-review/monitoring/nouns";

/** `docs/plan-review.md`: what a review refuses, for people. */
export function planReviewPage(checks: readonly Check[]): string {
  return [
    "# The plan review",
    "",
    "<!-- Written by `npm run docs`: change plan-review/ and tools/packaging/plan-review-page.ts, not this page. -->",
    "",
    ...INTRODUCTION,
    "",
    "## What belongs to the monitoring",
    "",
    ...BELONGING,
    "",
    "From these it goes on, in the state before the plan, as the refresh found it, and after:",
    "",
    "| is watched | hence what it names | and what names it |",
    "|---|---|---|",
    ...belonging(),
    "",
    "A function's log group (`/aws/lambda/NAME`) is watched with it. What the plan names and doesn't have (a bucket, topic, queue, key, role, function or log group of another state) ties together all that name it.",
    "",
    ...UNTOLD,
    "",
    "## What it refuses",
    "",
    "| check | refuses |",
    "|---|---|",
    ...checks.map(({ id, title }) => `| [\`${id}\`](#${id}) | ${cell(title)} |`),
    "",
    ...checks.flatMap(section),
  ].join("\n");
}

const INTRODUCTION = [
  "`npm run review -- plan.json` (installed: `npx trailwarden review plan.json`) reads a plan and refuses what would weaken the monitoring of CloudTrail: of this stack, or of any other estate that",
  "Terraform or OpenTofu manages with the AWS provider.",
  "",
  "```sh",
  "terraform plan -out=tfplan",
  "terraform show -json tfplan > plan.json     # or tofu show -json",
  "npm run --silent review -- plan.json        # - for standard input, --format json for programs",
  "```",
  "",
  "| exit code | |",
  "|---|---|",
  "| 0 | nothing weakens the monitoring, or all that does was let through |",
  "| 2 | refused |",
  "| 1 | the plan can't be read, or the command is wrong: a line says why |",
  "",
  "* **Only a change counts.** What is weak already and stays so is not refused; nor is what the plan creates, unless it is laid over something that is there.",
  "* **A second resource of the same real name** (a rule, an alarm, a bucket's policy, …) is no new one: AWS overwrites the first. It is compared with that, in the same account and region, whatever its address. A policy, lifecycle,",
  "  versioning, notification or block on public access of a bucket, topic, queue or key that stands in another state, and that the monitoring uses, is compared with what it must hold.",
  '* **Refused** things have an id, `<address>#<check>`. `--accept ID --reason "…"`, once for each, lets one through; the Markdown says so, with the reason. An id that nothing has is noted, so that old ones go.',
  "* **Can't tell** is what may weaken it, but the plan does not say: values known after apply, policies that can't be compared. It is reported and not refused; of a replaced resource, which is refused, it is left out.",
  "* **Changed outside Terraform** is what the refresh found (`resource_drift`) and one of these checks calls weaker. Harmless entries, which providers make up in dozens, are left out. It is not refused: the plan is",
  "  not to blame. Whether the plan puts it right is said beside it.",
  "* **Sensitive values** are compared, and never shown.",
  '* **A `moved` block** destroys nothing. A `removed` block that keeps the object (`destroy = false`) is told under "Can\'t tell": the object stays, but no later plan shows what becomes of it.',
  "* **Leftovers** of a replacement that failed (deposed objects) may be cleared away.",
  "* **A plan that ended with an error** is not reviewed (exit 1): it lacks changes. One with `-target` is, with a note.",
];

const BELONGING = [
  "Types and values decide, never addresses. An estate's other buckets, keys, topics and functions are only counted. It begins with",
  "",
  "* every trail (`aws_cloudtrail`), every event data store, and the account's block on public buckets;",
  "* every rule (`aws_cloudwatch_event_rule`) whose pattern may match what CloudTrail sends (a detail-type such as `AWS API Call via CloudTrail`, or none, and a source of AWS, or none), or the findings of GuardDuty, Security Hub,",
  "  IAM Access Analyzer, Macie, Inspector and Detective. A pattern that isn't known yet or can't be read counts;",
  "* every filter of a log group, for a metric or a subscription, whose pattern asks for what stands in CloudTrail's records (`$.userIdentity`, `$.eventSource`, an `$.eventName` that is an API call's, `AccessDenied`, …), and alarms in the",
  "  namespaces `CloudTrailMetrics` and `CISBenchmark`: their trail and log group may stand in another state;",
  "* an alarm mute rule without targets, and an account's policies that mask or transform all log groups;",
  "* buckets, keys, topics and roles whose policies let `cloudtrail.amazonaws.com` in: their trail may stand in another state.",
];

const UNTOLD = [
  "Values that are known after apply only are followed through the configuration (variables and outputs of modules too). Where a new resource's can't be, because of a local value or `each.value`, what it weakens counts as \"Can't tell\".",
];

/** A row for each type that passes it on: what it names, by the attribute, and what names it. */
function belonging(): readonly string[] {
  const all = LINKS.flatMap(({ passes, from: source, to }) => (passes === "forward" ? [source] : to.filter(isPlain)));
  const passing = [...new Set(all)];
  const rows = passing.map((type) => {
    const named = LINKS.filter((link) => link.passes === "forward" && link.from === type);
    const naming = LINKS.filter((link) => link.passes === "back" && link.to.includes(type));
    return [
      nounOf(type),
      named.map((link) => `${link.to.filter(isPlain).map(nounOf).join(" or ")} (${attribute(link.path)})`).join(", "),
      naming.map((link) => `${nounOf(link.from)} (${attribute(link.path)})`).join(", "),
    ];
  });
  return rows.map((cells) => `| ${cells.join(" | ")} |`);
}

/** Aliases and replicas stand for what they are of. */
function isPlain(type: string): boolean {
  return !/_alias$|_replica_/.test(type);
}

/** Without the steps that mean every element, the JSON in a text, or the alarms in a rule. */
function attribute(path: string): string {
  return `\`${path.replace(/\.(\*|json|alarms)/g, "")}\``;
}

function section({ id, title, why, mend, looksAt, unknown }: Check): readonly string[] {
  const looks = Object.entries(looksAt).map(([type, attributes]) =>
    type === "*"
      ? "whether a watched resource stays"
      : `${nounOf(type)} (\`${type}\`): ${attributes.map((attribute) => `\`${attribute}\``).join(", ")}`,
  );
  return [
    `## ${id}`,
    "",
    `**${title}.** [Source](../plan-review/checks/${id}.ts).`,
    "",
    why,
    "",
    `*Instead:* ${mend}`,
    "",
    `*Looks at* ${looks.join("; ")}.`,
    "",
    `*Known after apply only:* ${unknown ?? "can't tell"}.`,
    "",
  ];
}
