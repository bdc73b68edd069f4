import { isVariable, type Key } from "../../config/key";
import { KEYS } from "../../config/keys";

/** A variable as Terraform's JSON has it. */
export interface ModuleVariable {
  readonly type: string;
  readonly default?: unknown;
  readonly description?: string;
}

export function moduleReadme(
  variables: Readonly<Record<string, ModuleVariable>>,
  outputs: Readonly<Record<string, { readonly description?: string }>>,
  detectionIds: readonly string[],
  adopts: boolean,
): string {
  const variableRows = Object.entries(variables).map(
    ([name, { type, default: fallback, description }]) =>
      `| \`${name}\` | \`${cell(type)}\` | \`${cell(JSON.stringify(fallback))}\` | ${cell(description ?? "")} |`,
  );
  const fixedRows = Object.entries<Key>(KEYS).flatMap(([key, { module }]) =>
    isVariable(module) ? [] : [`| \`${key}\` | ${cell(module.instead)} |`],
  );
  const outputRows = Object.entries(outputs).map(
    ([name, { description }]) => `| \`${name}\` | ${cell(description ?? "")} |`,
  );
  const adopting = adopts
    ? "\nThis module was written to adopt resources that are there already: put `example/imports.tf` beside your call, with your module's name.\n"
    : "";
  return `# trailwarden as a Terraform module

CloudTrail monitoring: log archive, multi-region trail, EventBridge rules, the alert function, topics and alarms. Written by \`trailwarden module\`; change the
configuration there rather than these files.

\`\`\`hcl
module "trailwarden" {
  source = "./terraform-module"

  subscribers = {
    oncall  = { protocol = "email", endpoint = "oncall@example.com", min_severity = "low" }
    tickets = { protocol = "sqs", endpoint = aws_sqs_queue.tickets.arn }
  }
}
\`\`\`

The region is the provider's. Take us-east-1 unless you have a reason not to: EventBridge sees IAM, Organizations and root sign-in events only there (in GovCloud: us-gov-west-1).
\`example/\` is a root that calls the module. A map of subscribers keeps each one's subscriptions while others come and go; a list will do too.
Subscribers get two confirmation messages each, one per topic.
${adopting}
## Variables

| name | type | default | |
|---|---|---|---|
${variableRows.join("\n")}

Values are checked when Terraform plans, by the rules of the configuration. \`null\` stands for the default. In objects attributes are
written with _: \`min_severity\`. An unknown attribute is an error.

What \`suppressions\` and \`deployers\` come to is packed into the function's environment, of which Lambda takes 4 KB: room for about thirty
suppressions. Terraform refuses more when it plans.

These keys are no variables:

| configuration | |
|---|---|
${fixedRows.join("\n")}

## Outputs

| name | |
|---|---|
${outputRows.join("\n")}

## Detections

For \`disabled_detections\` and \`suppressions\`: ${detectionIds.map((id) => `\`${id}\``).join(", ")}.
`;
}

/** A table's cell on one line, whose bars don't end it. */
function cell(text: string): string {
  return text.replaceAll("|", "\\|").replace(/\s+/g, " ");
}
