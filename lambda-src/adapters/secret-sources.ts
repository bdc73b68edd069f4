import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";

const secretsManager = new SecretsManagerClient({});
const parameterStore = new SSMClient({});

/** The current value of a secret, which must be a text. */
export async function readSecret(id: string, abortSignal: AbortSignal): Promise<string> {
  const { SecretString } = await secretsManager.send(new GetSecretValueCommand({ SecretId: id }), { abortSignal });
  return SecretString ?? "";
}

/** The value of a parameter, decrypted. */
export async function readParameter(name: string, abortSignal: AbortSignal): Promise<string> {
  const { Parameter } = await parameterStore.send(new GetParameterCommand({ Name: name, WithDecryption: true }), {
    abortSignal,
  });
  return Parameter?.Value ?? "";
}
