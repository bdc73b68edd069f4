import type { ObservedCall } from "./channels-world";

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
}

/** What Lambda does with the role, and what services do in its name with keys. */
const NOT_OBSERVED = /^(kms|logs):|^sqs:(ReceiveMessage|DeleteMessage|GetQueueAttributes)$/;

/** Calls that no statement of the policy allows, each once: `sqs:SendMessage of …`. */
export function forbidden(calls: readonly ObservedCall[], policy: string): readonly string[] {
  const statements = statementsOf(policy);
  const asked = new Map(calls.map((call) => [`${actionOf(call)} of ${resourceOf(call)}`, call]));
  return [...asked].flatMap(([words, call]) => (statements.some((one) => allows(one, call)) ? [] : [words]));
}

/** Actions that the policy allows, and that no call has needed; resources as well. */
export function unused(calls: readonly ObservedCall[], policy: string): readonly string[] {
  return statementsOf(policy).flatMap(({ actions, resources }) =>
    actions
      .filter((action) => !NOT_OBSERVED.test(action))
      .flatMap((action) =>
        resources
          .filter((resource) => !calls.some((call) => allows({ actions: [action], resources: [resource] }, call)))
          .map((resource) => `${action} of ${resource}`),
      ),
  );
}

function statementsOf(policy: string) {
  const { Statement } = JSON.parse(policy) as { readonly Statement: readonly Statement[] };
  return Statement.map(({ Action, Resource }) => ({ actions: [Action].flat(), resources: [Resource].flat() }));
}

function allows(
  { actions, resources }: { readonly actions: readonly string[]; readonly resources: readonly string[] },
  call: ObservedCall,
): boolean {
  return actions.includes(actionOf(call)) && resources.some((resource) => patternOf(resource).test(resourceOf(call)));
}

/** IAM's wildcards. */
function patternOf(resource: string): RegExp {
  const escaped = resource.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`);
}

function actionOf({ service, operation }: ObservedCall): string {
  return `${service}:${operation}`;
}

/** ARN of what the call is about. */
function resourceOf({ service, body }: ObservedCall): string {
  const arn = (type: string, name: string) => `arn:aws:${type}:us-east-1:111122223333:${name}`;
  if (service === "sns") return new URLSearchParams(body).get("TopicArn") ?? "none";
  const input = JSON.parse(body) as Readonly<Record<string, string | undefined>>;
  switch (service) {
    case "dynamodb":
      // As the tests' Terraform has the table's ARN.
      return `${arn("aws_dynamodb_table", `${input.TableName}`)}${input.IndexName ? `/index/${input.IndexName}` : ""}`;
    case "sqs":
      return arn("sqs", `${input.QueueUrl?.split("/").at(-1)}`);
    case "secretsmanager":
      // Six characters that Secrets Manager adds.
      return arn("secretsmanager", `secret:${input.SecretId}-AbCdEf`);
    case "ssm":
      return arn("ssm", `parameter${input.Name}`);
    case "securityhub":
      return arn("securityhub", "product/111122223333/default");
    default:
      return "none";
  }
}
