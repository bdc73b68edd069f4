import { cell } from "../../config/markdown";
import type { Check } from "../../plan-review/evaluation/check";
import { labelOf } from "../../plan-review/monitoring/labels";
import { LINKS } from "../../plan-review/monitoring/links";

/** `docs/plan-review.md`: how to run the review, and what it refuses. */
export function planReviewPage(checks: readonly Check[]): string {
  return [
    "# Plan review",
    "",
    "<!-- Written by `npm run docs`: change plan-review/ and tools/packaging/plan-review-page.ts, not this page. -->",
    "",
    ...INTRODUCTION,
    "",
    "## Checks",
    "",
    ...CHECKS,
    "",
    "| check | refuses | attributes, and limits | remediation |",
    "|---|---|---|---|",
    ...checks.map(row),
    "",
    "## What belongs to the monitoring",
    "",
    ...BELONGING,
    "",
    belonging(),
    "",
  ].join("\n");
}

const INTRODUCTION = [
  "`npm run review` reads a Terraform or OpenTofu plan and refuses changes that weaken the monitoring of CloudTrail. The monitoring may be this stack or any other configuration that uses the AWS provider.",
  "",
  "```sh",
  "terraform plan -out=tfplan",
  "terraform show -json tfplan > plan.json     # or tofu show -json",
  "npm run --silent review -- plan.json        # installed: npx trailwarden review plan.json",
  "```",
  "",
  "Use `-` for standard input, and `--format json` instead of Markdown for programs.",
  "",
  "| exit code | meaning |",
  "|---|---|",
  "| 0 | passed: no violations, or all of them are accepted |",
  "| 2 | refused |",
  "| 1 | the plan cannot be read, or an argument is wrong; one line says why |",
  "",
  "## In CI",
  "",
  "[ci.md](ci.md) sets up the workflow `plan.yml`. In your own pipeline, run the three commands above, post the output, and fail on every exit code but 0.",
  "",
  "## Accept a deliberate change",
  "",
  "Each violation has an id, `<address>#<check>`, which the comment shows. To accept a violation, give its id and a reason:",
  "",
  "```sh",
  "npm run --silent review -- plan.json --accept 'aws_cloudtrail.old#destroyed' --reason \"replaced by the organization trail\"",
  "```",
  "",
  "Repeat the pair for each violation. In the workflow, add a line to the repository variable `REVIEW_ACCEPT`: the id, a space, the reason. The comment shows the reason, and notes ids that match no violation: remove these.",
  "",
  "## Results",
  "",
  "* **Violations** are refused.",
  "* **Accepted violations** pass, with their reasons.",
  "* **Changed outside Terraform**: the refresh found a change that weakens the monitoring (`resource_drift`). It is not refused. Harmless drift is left out.",
  "* **Indeterminate**: a change that may weaken the monitoring, but the plan does not show enough. It is reported, not refused.",
  "* **Monitoring resources** lists what changes. **Other resources** are only counted.",
  "* What is the same in several regions is one entry that lists its names, regions and ids.",
  "",
  "JSON has the same parts: `verdict` (`passed` or `refused`), `refused`, `accepted`, `drift`, `indeterminate`, `touched` (monitoring resources that change), `watched` (the number of monitoring resources), `rest` (other resources by action) and `notes`. Each resource stands by itself, with its `region`.",
  "",
  "## Rules",
  "",
  "* **Only changes count.** What is weak already and stays so passes. What the plan creates passes, unless it overwrites something.",
  "* **Same name, same resource.** A second rule, alarm or bucket policy under a name overwrites the first. The review compares both, in the same account and region, whatever their addresses.",
  "* **Settings of another state.** A new policy or bucket setting for what the monitoring uses in another state replaces one that the plan does not show. The review checks what the new one must contain.",
  "* **Sensitive values** are compared, but never shown.",
  "* **A `moved` block** destroys nothing. **A `removed` block** with `destroy = false` is indeterminate: the object stays, but later plans do not show it.",
  "* **Deposed objects** of a failed replacement may be destroyed.",
  "",
  "## What it cannot see",
  "",
  "* Changes that are not in the plan, such as those made in the console after the refresh.",
  "* Values known only after apply. References are followed through variables and outputs of modules, but not through local values or `each.value`: what a new resource weakens there is indeterminate.",
  "* Part of a plan. A plan that ended with an error exits 1. A plan with `-target` or deferred changes is reviewed, with a note.",
];

const CHECKS = [
  "A value known only after apply is indeterminate. The third column says what else is, and what passes. The review also says why each violation weakens the monitoring.",
];

const BELONGING = [
  "Types and values decide, never addresses. Other buckets, keys, topics and functions do not count. The monitoring begins with:",
  "",
  "* every trail, every event data store, and the account's public access block",
  "* every EventBridge rule whose pattern may match CloudTrail's events or findings of GuardDuty, Security Hub, IAM Access Analyzer, Macie, Inspector or Detective. A pattern that is unknown or unreadable counts",
  "* every metric or subscription filter whose pattern asks for CloudTrail's fields (`$.userIdentity`, `$.eventSource`, an API call's `$.eventName`, `AccessDenied` and so on), and alarms in the namespaces `CloudTrailMetrics` and `CISBenchmark`",
  "* alarm mute rules without targets, and account policies that mask or transform all log groups",
  "* buckets, keys, topics and roles whose policies allow `cloudtrail.amazonaws.com`",
  "",
  "From these it follows references, in the state before the plan, as refreshed, and after it. An alias or a replica stands for its function or key. A function brings in its log group. A resource of another state connects all that name it.",
];

function row({ id, title, remediation, looksAt, limits }: Check): string {
  const types = new Map<string, string[]>();
  for (const [type, names] of Object.entries(looksAt)) {
    const attributes = names.map((name) => `\`${name}\``).join(", ");
    types.set(attributes, [...(types.get(attributes) ?? []), type]);
  }
  const attributes = [...types].map(([names, of]) =>
    of.includes("*") ? "whether the resource stays" : `${of.map((type) => `\`${type}\``).join(", ")}: ${names}`,
  );
  const evaluated = `${attributes.join("; ")}.${limits === undefined ? "" : ` ${limits}`}`;
  const source = `[\`${id}\`](../plan-review/checks/${id}.ts)`;
  return `| ${[source, title, evaluated, remediation].map(cell).join(" | ")} |`;
}

/** The resources that bring in others, by name. */
function belonging(): string {
  const types = LINKS.flatMap(({ passes, from, to }) => (passes === "forward" ? [from] : to.filter(isPlain)));
  const labels = [...new Set(types.map((type) => plain(labelOf(type))))].filter((label) => !label.includes("'s "));
  return `What brings in others, each with its policies and settings: ${labels.join(", ")}. By which attributes: [links.ts](../plan-review/monitoring/links.ts).`;
}

/** Aliases and replicas stand for what they are of. */
function isPlain(type: string): boolean {
  return !/_alias$|_replica_/.test(type);
}

function plain(label: string): string {
  return label.replace(/^the /, "");
}
