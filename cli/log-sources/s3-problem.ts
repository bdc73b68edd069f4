import { oneLine } from "../../detection/events/text";

/** Why S3 did not answer as it should. */
export interface S3Problem {
  /** One line that says how to fix it. */
  readonly reason: string;
  /** Whether the next call to the same bucket would end the same way. */
  readonly lasting: boolean;
}

const UNREACHABLE = ["ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ENETUNREACH", "EHOSTUNREACH", "ETIMEDOUT"];
const BROKEN_OFF = ["ECONNRESET", "EPIPE"];

/**
 * Error codes: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 *
 * @param bucket that was asked
 * @param key that was to be read; none: the bucket was to be listed
 */
export function s3Problem(error: unknown, bucket: string, key?: string): S3Problem {
  const { name, code, message, $metadata } = error as Error & {
    readonly code?: string;
    readonly $metadata?: { readonly httpStatusCode?: number };
  };
  const lasting = (reason: string): S3Problem => ({ reason, lasting: true });
  switch (name) {
    case "CredentialsProviderError":
    case "TokenProviderError":
      return lasting(
        `no AWS credentials: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or log in (aws sso login); ${oneLine(message, 200)}`,
      );
    case "ExpiredToken":
    case "ExpiredTokenException":
    case "TokenRefreshRequired":
      return lasting("the AWS credentials have expired: log in again (aws sso login)");
    case "InvalidAccessKeyId":
    case "InvalidToken":
    case "SignatureDoesNotMatch":
      return lasting("AWS rejected these credentials: are they complete, and of the right account?");
    case "RequestTimeTooSkewed":
      return lasting("this machine's clock is wrong: AWS refuses requests that are off by 15 minutes");
    case "NoSuchBucket":
      return lasting(`there is no bucket "${bucket}"`);
    case "NoSuchKey":
    case "NotFound":
      return { reason: "it is no longer there", lasting: false };
    case "InvalidObjectState":
      return { reason: "it is archived in Glacier: restore it first (aws s3api restore-object)", lasting: false };
    case "TimeoutError":
      return lasting("no answer from S3: is the network up, and does a firewall let you through?");
  }
  if (name === "AccessDenied" || $metadata?.httpStatusCode === 403) {
    const needed =
      key === undefined
        ? `s3:ListBucket on bucket ${bucket}`
        : `s3:GetObject on objects of bucket ${bucket}, and kms:Decrypt on the key where log files are encrypted with one`;
    return { reason: `access denied: these credentials need ${needed}`, lasting: false };
  }
  if (code !== undefined && UNREACHABLE.includes(code)) {
    return lasting(`S3 can't be reached (${code}): is the network up, and the region right?`);
  }
  if (code !== undefined && BROKEN_OFF.includes(code)) {
    return { reason: `the connection to S3 broke off (${code}): try once more`, lasting: false };
  }
  return { reason: `S3 answers ${oneLine(`${name}: ${message}`, 200)}`, lasting: false };
}
