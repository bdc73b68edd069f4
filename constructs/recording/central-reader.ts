import type { Deployment } from "../deployment/deployment";
import type { PolicyStatement } from "../deployment/policy-document";

/**
 * What the central account needs of an organization's bucket, key and topic, as their owners write it into their policies. The
 * account is the principal and its role a condition: AWS refuses a role as principal that isn't there yet.
 */
export class CentralReader {
  readonly #deployment: Deployment;
  readonly #account: { readonly AWS: string };
  readonly #byFunction: { readonly "aws:PrincipalArn": string };

  /** @param functionName name of the function that reads log files */
  constructor(deployment: Deployment, functionName: string) {
    const { partition, account, roles } = deployment;
    const iam = `arn:${partition}:iam::${account}`;
    this.#deployment = deployment;
    this.#account = { AWS: `${iam}:root` };
    this.#byFunction = {
      "aws:PrincipalArn": `${iam}:role${roles.path ?? "/"}${deployment.functionRoleName(functionName)}`,
    };
  }

  /** @param objectArns of the log files, with `*` */
  readsLogFiles(objectArns: readonly string[]): PolicyStatement {
    return {
      Sid: "TrailwardenReadsLogFiles",
      Effect: "Allow",
      Principal: this.#account,
      Action: "s3:GetObject",
      Resource: objectArns,
      Condition: { ArnEquals: this.#byFunction },
    };
  }

  /** @param objects see `ofLogFiles` */
  decryptsLogFiles(objects: Condition): PolicyStatement {
    return {
      Sid: "TrailwardenDecryptsLogFiles",
      Effect: "Allow",
      Principal: this.#account,
      Action: "kms:Decrypt",
      Resource: "*",
      Condition: { ArnEquals: this.#byFunction, ...objects },
    };
  }

  /** @param queueName name of the queue that is subscribed */
  subscribes(topicArn: string, queueName: string): PolicyStatement {
    return {
      Sid: "TrailwardenSubscribes",
      Effect: "Allow",
      Principal: this.#account,
      Action: "sns:Subscribe",
      Resource: topicArn,
      Condition: {
        StringEquals: { "sns:Protocol": "sqs", "sns:Endpoint": this.#deployment.arn("sqs", queueName) },
      },
    };
  }
}

type Condition = NonNullable<PolicyStatement["Condition"]>;

/**
 * A condition on what a key decrypts: S3 names the object to the key, or the bucket where it uses a bucket key.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html#encryption-context
 */
export function ofLogFiles(bucketArn: string, objectArns: readonly string[]): Condition {
  return { StringLike: { "kms:EncryptionContext:aws:s3:arn": [bucketArn, ...objectArns] } };
}
