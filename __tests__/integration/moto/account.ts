import { IAMClient } from "@aws-sdk/client-iam";
import { OrganizationsClient } from "@aws-sdk/client-organizations";
import { SQSClient } from "@aws-sdk/client-sqs";

/** Credentials of the account that moto itself runs as. */
const HARNESS = "harness";

/** One account of moto's, with its own credentials. */
export class Account {
  readonly iam: IAMClient;
  readonly #queues = new Map<string, SQSClient>();

  private constructor(
    readonly id: string,
    private readonly endpoint: string,
    private readonly accessKeyId: string,
  ) {
    this.iam = new IAMClient(this.#options("us-east-1"));
  }

  /** The account that moto runs as. */
  static own(id: string, endpoint: string): Account {
    return new Account(id, endpoint, HARNESS);
  }

  /** Another account, by the role that Organizations makes in each: moto knows an account by whose role was assumed. */
  static async assumed(id: string, endpoint: string): Promise<Account> {
    const parameters = {
      Action: "AssumeRole",
      Version: "2011-06-15",
      RoleArn: `arn:aws:iam::${id}:role/OrganizationAccountAccessRole`,
      RoleSessionName: "harness",
    };
    const answer = await call(endpoint, HARNESS, "sts", "us-east-1", new URLSearchParams(parameters).toString(), {
      "content-type": "application/x-www-form-urlencoded",
    });
    const [, accessKeyId] = /<AccessKeyId>([^<]+)</.exec(answer) ?? [];
    if (accessKeyId === undefined) throw new Error(`no credentials for account ${id}: ${answer}`);
    return new Account(id, endpoint, accessKeyId);
  }

  organizations(): OrganizationsClient {
    return new OrganizationsClient(this.#options("us-east-1"));
  }

  sqs(region: string): SQSClient {
    const client = this.#queues.get(region) ?? new SQSClient(this.#options(region));
    this.#queues.set(region, client);
    return client;
  }

  /** A call of EventBridge, for which the harness has no client. */
  async events<Output>(region: string, operation: string, input: object): Promise<Output> {
    const answer = await call(this.endpoint, this.accessKeyId, "events", region, JSON.stringify(input), {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": `AWSEvents.${operation}`,
    });
    return (answer === "" ? {} : JSON.parse(answer)) as Output;
  }

  close(): void {
    for (const client of [this.iam, ...this.#queues.values()]) client.destroy();
  }

  #options(region: string) {
    const { endpoint, accessKeyId } = this;
    return { endpoint, region, credentials: { accessKeyId, secretAccessKey: "harness" } };
  }
}

async function call(
  endpoint: string,
  accessKeyId: string,
  service: string,
  region: string,
  body: string,
  headers: Readonly<Record<string, string>>,
): Promise<string> {
  // moto reads no more of it than who asks, and which service where.
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260101/${region}/${service}/aws4_request`;
  const response = await fetch(endpoint, { method: "POST", headers: { ...headers, authorization }, body });
  const text = await response.text();
  if (!response.ok) throw new Error(`${service} in ${region} answers ${response.status}: ${text}`);
  return text;
}
