import { isVariable, type Key } from "../../config/key";
import { KEYS } from "../../config/keys";
import { cell } from "../../config/markdown";

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
    ? "\nThis module adopts existing resources: put `example/imports.tf` beside your call, with your module's name.\n"
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

The region is the provider's. Use us-east-1 unless you have a reason not to: EventBridge sees IAM, Organizations and root sign-in events only there (in GovCloud: us-gov-west-1).
\`example/\` is a root that calls the module. A map of subscribers keeps each one's subscriptions when others change; a list works too.
Subscribers get two confirmation messages each, one per topic.
${adopting}
## Variables

| name | type | default | |
|---|---|---|---|
${variableRows.join("\n")}

Terraform checks values at plan time by the rules of the configuration. \`null\` is the default. Attributes of objects are
written in snake case: \`min_severity\`. An unknown attribute is an error.

\`suppressions\` and \`deployers\` are stored in the function's environment, which Lambda limits to 4 KB: room for about thirty
suppressions. Terraform refuses more at plan time.

Configuration keys without a variable:

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
