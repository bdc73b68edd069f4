import {
  type AttributeDefinition,
  CreateTableCommand,
  type CreateTableCommandInput,
  type KeySchemaElement,
  type Projection,
  UpdateTimeToLiveCommand,
} from "@aws-sdk/client-dynamodb";
import type { Attributes } from "../../../cli/demo/synthesized-stack";
import type { Clients } from "../moto/clients";
import type { Terraform } from "./terraform";

interface Index {
  readonly name: string;
  readonly hash_key: string;
  readonly range_key?: string;
  readonly projection_type: string;
  readonly non_key_attributes?: readonly string[];
}

/** Creates the stack's tables with their indexes. */
export async function createTables(terraform: Terraform, { dynamodb }: Clients): Promise<void> {
  for (const [, table] of terraform.all("aws_dynamodb_table")) {
    const input = tableInput(terraform, table);
    await dynamodb.send(new CreateTableCommand(input));
    const ttl = table.ttl as { readonly attribute_name: string; readonly enabled: boolean } | undefined;
    if (!ttl) continue;
    await dynamodb.send(
      new UpdateTimeToLiveCommand({
        TableName: input.TableName,
        TimeToLiveSpecification: { AttributeName: ttl.attribute_name, Enabled: ttl.enabled },
      }),
    );
  }
}

export function tableInput(terraform: Terraform, table: Attributes): CreateTableCommandInput {
  const definitions = (table.attribute ?? []) as readonly { readonly name: string; readonly type: string }[];
  const indexes = (table.global_secondary_index ?? []) as readonly Index[];
  return {
    TableName: terraform.text(table.name),
    BillingMode: table.billing_mode as NonNullable<CreateTableCommandInput["BillingMode"]>,
    KeySchema: keySchema(String(table.hash_key), table.range_key as string | undefined),
    AttributeDefinitions: definitions.map(({ name, type }) => ({
      AttributeName: name,
      AttributeType: type as NonNullable<AttributeDefinition["AttributeType"]>,
    })),
    ...(indexes.length > 0 && {
      GlobalSecondaryIndexes: indexes.map((index) => ({
        IndexName: index.name,
        KeySchema: keySchema(index.hash_key, index.range_key),
        Projection: {
          ProjectionType: index.projection_type as NonNullable<Projection["ProjectionType"]>,
          ...(index.non_key_attributes && { NonKeyAttributes: [...index.non_key_attributes] }),
        },
      })),
    }),
  };
}

function keySchema(hash: string, range: string | undefined): KeySchemaElement[] {
  return [
    { AttributeName: hash, KeyType: "HASH" },
    ...(range === undefined ? [] : [{ AttributeName: range, KeyType: "RANGE" } as const]),
  ];
}
