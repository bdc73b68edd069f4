import { isVariable, type Key } from "../../config/key";
import { KEYS } from "../../config/keys";
import { cell } from "../../config/markdown";

/** A variable as Terraform's JSON has it. */
export interface ModuleVariable {
  readonly type: string;
  readonly default?: unknown;
  readonly description?: string;
}

/** Of which regions the module brings events to which. */
export interface ModuleForwarding {
  readonly home: string;
  /** Those beside home. */
  readonly regions: readonly string[];
}

export interface ModuleContents {
  readonly variables: Readonly<Record<string, ModuleVariable>>;
  readonly outputs: Readonly<Record<string, { readonly description?: string }>>;
  readonly detectionIds: readonly string[];
  /** Whether it takes existing resources over. */
  readonly adopts: boolean;
  /** Undefined where it watches the home region alone. */
  readonly forwarding: ModuleForwarding | undefined;
}

export function moduleReadme({ variables, outputs, detectionIds, adopts, forwarding }: ModuleContents): string {
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

${homeRegion(forwarding)}
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

function homeRegion(forwarding: ModuleForwarding | undefined): string {
  if (forwarding === undefined) {
    return "The region is the provider's. Use us-east-1 unless you have a reason not to: EventBridge sees IAM, Organizations and root sign-in events only there (in GovCloud: us-gov-west-1).";
  }
  const { home, regions } = forwarding;
  return `The home region is ${home}: Terraform refuses a provider of another region. Forwarders bring events within seconds from
${regions.map((region) => `\`${region}\``).join(", ")}.
They bring what any detection may match: \`packs\` and \`disabled_detections\` decide which rules the home region has, and leave forwarders as they are.`;
}
