import { once } from "node:events";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { loadDynalite } from "./load-dynalite";

/** A table as Terraform has it, as much of it as matters here. */
export interface Table {
  readonly name: string;
  readonly hash_key: string;
  readonly range_key: string;
  readonly attribute: readonly { readonly name: string; readonly type: string }[];
  readonly global_secondary_index: readonly {
    readonly name: string;
    readonly hash_key: string;
    readonly range_key: string;
    readonly projection_type: string;
  }[];
}

/** DynamoDB on this machine. */
export class LocalDynamoDb {
  private constructor(private readonly server: Server) {}

  /** @throws when the table is not one that DynamoDB would take */
  static async start(table: Table): Promise<LocalDynamoDb> {
    const server = loadDynalite()({ createTableMs: 0 });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const local = new LocalDynamoDb(server);
    await local.#call("CreateTable", {
      TableName: table.name,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: table.attribute.map(({ name, type }) => ({ AttributeName: name, AttributeType: type })),
      KeySchema: keySchema(table),
      GlobalSecondaryIndexes: table.global_secondary_index.map((index) => ({
        IndexName: index.name,
        KeySchema: keySchema(index),
        Projection: { ProjectionType: index.projection_type },
      })),
    });
    while (!(await local.#isActive(table.name))) await new Promise((resolve) => setTimeout(resolve, 5));
    return local;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Answers a request that has come to another server. */
  answer(request: IncomingMessage, response: ServerResponse): void {
    this.server.emit("request", request, response);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  async #isActive(name: string): Promise<boolean> {
    const { Table } = (await this.#call("DescribeTable", { TableName: name })) as {
      readonly Table: { readonly TableStatus: string };
    };
    return Table.TableStatus === "ACTIVE";
  }

  /** The signature is not looked at, but has to be there. */
  async #call(operation: string, input: object): Promise<unknown> {
    const response = await fetch(this.endpoint, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.0",
        "x-amz-target": `DynamoDB_20120810.${operation}`,
        "x-amz-date": "20261120T000000Z",
        authorization:
          "AWS4-HMAC-SHA256 Credential=demo/20261120/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0",
      },
      body: JSON.stringify(input),
    });
    const answer = await response.text();
    if (!response.ok) throw new Error(`${operation}: ${answer}`);
    return JSON.parse(answer);
  }
}

function keySchema({ hash_key, range_key }: { readonly hash_key: string; readonly range_key: string }): object {
  return [
    { AttributeName: hash_key, KeyType: "HASH" },
    { AttributeName: range_key, KeyType: "RANGE" },
  ];
}
