import type { ConfiguredChannel } from "../../alerting/channels/configured-channel";
import type { Deployment } from "../deployment/deployment";
import type { PolicyStatement } from "../deployment/policy-document";

/** Account of an ARN. */
const ACCOUNT = /^(?:[^:]*:){4}([^:]*):/;

/**
 * Lets the notifier read the secrets that the channels name, and no others. A secret may be encrypted with a customer key: with
 * any key of its account, but only through the service and only for that secret.
 *
 * Sources: https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html (encryption context),
 * https://docs.aws.amazon.com/kms/latest/developerguide/services-parameter-store.html
 */
export function secretStatements(
  channels: readonly ConfiguredChannel[],
  deployment: Deployment,
): readonly PolicyStatement[] {
  const names = [...new Set(channels.flatMap(({ secret }) => secret ?? []))].sort();
  return [
    ...statements(
      { service: "secretsmanager", action: "secretsmanager:GetSecretValue", context: "SecretARN", what: "Secret" },
      names.filter((name) => !isParameter(name)).map((name) => secretArn(name, deployment)),
      deployment,
    ),
    ...statements(
      { service: "ssm", action: "ssm:GetParameter", context: "PARAMETER_ARN", what: "Parameter" },
      names.filter(isParameter).map((name) => parameterArn(name, deployment)),
      deployment,
    ),
  ];
}

function isParameter(name: string): boolean {
  return name.startsWith("/") || /^arn:[^:]+:ssm:/.test(name);
}

function parameterArn(name: string, deployment: Deployment): string {
  return name.startsWith("/") ? deployment.arn("ssm", `parameter${name}`) : name;
}

/** Secrets Manager ends every ARN with six characters of its own, which the name doesn't say. */
function secretArn(name: string, deployment: Deployment): string {
  return name.startsWith("arn:") ? name : deployment.arn("secretsmanager", `secret:${name}-??????`);
}

interface Store {
  readonly service: string;
  readonly action: string;
  /** Key of the encryption context that holds the ARN. */
  readonly context: string;
  readonly what: string;
}

function statements(
  { service, action, context, what }: Store,
  arns: readonly string[],
  { partition, region }: Deployment,
): readonly PolicyStatement[] {
  if (arns.length === 0) return [];
  const accounts = [...new Set(arns.map((arn) => ACCOUNT.exec(arn)?.[1] ?? ""))];
  return [
    { Sid: `Read${what}s`, Effect: "Allow", Action: action, Resource: arns },
    {
      Sid: `Decrypt${what}s`,
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: accounts.map((account) => `arn:${partition}:kms:${region}:${account}:key/*`),
      Condition: {
        StringEquals: { "kms:ViaService": `${service}.${region}.amazonaws.com` },
        StringLike: { [`kms:EncryptionContext:${context}`]: arns },
      },
    },
  ];
}
