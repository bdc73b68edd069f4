import { cell } from "../../config/markdown";
import type { MemberModuleProps } from "./member-module";

/** A variable as Terraform's JSON has it. */
export interface MemberVariable {
  readonly type: string;
  readonly description: string;
  readonly default?: string | readonly string[];
  readonly nullable: false;
  readonly validation: { readonly condition: string; readonly error_message: string };
}

/** What the owner of a member account has to know of the module. */
export function memberReadme(
  { forwarders, homeRegion }: MemberModuleProps,
  variables: Readonly<Record<string, MemberVariable>>,
): string {
  const rows = Object.entries(variables).map(
    ([name, { type, default: fallback, description }]) =>
      `| \`${name}\` | \`${type}\` | ${fallback === undefined ? "required" : `\`${cell(JSON.stringify(fallback))}\``} | ${cell(description)} |`,
  );
  return `# trailwarden in a member account

Passes CloudTrail's events of this account to the account in which trailwarden is deployed (the central account), within seconds. Written by
\`trailwarden member\`; do not edit these files, write them again.

\`\`\`hcl
module "trailwarden_member" {
  source          = "./trailwarden-member"
  central_account = "111122223333"
}
\`\`\`

Deploy it once in each member account and, unless trailwarden is deployed there, in the management account. Do not deploy it in the central account.

## What it makes

In each region: ${forwarders.length === 1 ? "1 EventBridge rule" : `up to ${forwarders.length} EventBridge rules`}, each with the central account's default event bus in ${homeRegion} as target; an IAM role, which only these rules
can use and which can only send to that bus; and a queue for 14 days of events that could not be sent. It reads nothing else, and
the central account gets no access to this one.

EventBridge bills what is sent to another account's bus as custom events.

## Variables

| name | type | default | |
|---|---|---|---|
${rows.join("\n")}
`;
}
