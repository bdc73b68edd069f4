import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { ChannelRefusal } from "../../alerting/channels/channel";

const secretsManager = new SecretsManagerClient({});
const parameterStore = new SSMClient({});

/**
 * The current value of a secret.
 *
 * @throws ChannelRefusal for one that is bytes
 */
export async function readSecret(id: string, abortSignal: AbortSignal): Promise<string> {
  const { SecretString, SecretBinary } = await secretsManager.send(new GetSecretValueCommand({ SecretId: id }), {
    abortSignal,
  });
  if (SecretString === undefined && SecretBinary !== undefined) {
    throw new ChannelRefusal(
      `secret ${JSON.stringify(id.slice(0, 200))} is binary: store it as text, with --secret-string instead of --secret-binary`,
    );
  }
  return SecretString ?? "";
}

/** The value of a parameter, decrypted. */
export async function readParameter(name: string, abortSignal: AbortSignal): Promise<string> {
  const { Parameter } = await parameterStore.send(new GetParameterCommand({ Name: name, WithDecryption: true }), {
    abortSignal,
  });
  return Parameter?.Value ?? "";
}
