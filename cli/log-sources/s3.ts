import type { S3Client } from "@aws-sdk/client-s3";
import { QUIET_SDK } from "../command/quiet-sdk";

type Sdk = typeof import("@aws-sdk/client-s3");

/** The SDK's S3, and a client of it. */
export interface S3 {
  readonly sdk: Sdk;
  readonly client: S3Client;
}

/** Where nothing names a region; S3 answers with the bucket's own, which the client then asks. */
const ANY_REGION = "us-east-1";

let loaded: Promise<S3> | undefined;

/**
 * S3 with the user's credentials and region, as the AWS CLI would find them; `AWS_ENDPOINT_URL_S3` leads elsewhere. Loaded
 * when it is first asked for, once per thread: the SDK costs a tenth of a second, which only those pay who read from S3.
 */
export function s3(): Promise<S3> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<S3> {
  Object.assign(process.env, QUIET_SDK);
  const sdk = await import("@aws-sdk/client-s3");
  const settings = {
    followRegionRedirects: true,
    // Other stores than S3 seldom have a host name per bucket.
    forcePathStyle: (process.env.AWS_ENDPOINT_URL_S3 ?? process.env.AWS_ENDPOINT_URL) !== undefined,
    // A log file has gzip's checksum; S3's own would be computed in JavaScript.
    responseChecksumValidation: "WHEN_REQUIRED",
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 30_000, throwOnRequestTimeout: true },
  } as const;
  const client = new sdk.S3Client(settings);
  const hasRegion = await client.config.region().then(
    () => true,
    () => false,
  );
  return { sdk, client: hasRegion ? client : new sdk.S3Client({ ...settings, region: ANY_REGION }) };
}
