/** What a request to AWS is signed with. */
interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** The environment holds no credentials. */
export class CredentialsError extends Error {
  override readonly name = "CredentialsError";
}

/**
 * Stands in the bundle for `@aws-sdk/credential-provider-node`, whose chain ends at its first link here: Lambda puts the
 * role's credentials into the environment, and they don't change while the execution environment lives.
 */
export function defaultProvider(): () => Promise<Credentials> {
  return async () => readCredentials(process.env);
}

/** @throws CredentialsError */
export function readCredentials(variables: Readonly<Record<string, string | undefined>>): Credentials {
  const {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: token,
  } = variables;
  if (!accessKeyId || !secretAccessKey) {
    throw new CredentialsError("AWS_ACCESS_KEY_ID or AWS_SECRET_ACCESS_KEY is not set: Lambda sets both");
  }
  return { accessKeyId, secretAccessKey, ...(token && { sessionToken: token }) };
}
