import type { GetItemInput, PutItemInput, UpdateItemInput } from "@aws-sdk/client-dynamodb";
import type { Item } from "./alert-state-items";

type WithoutTable<Input> = Omit<Input, "TableName">;

/**
 * Requests of the alert state's table. Handed to what is read only by invocations that alert or perform a task: a client of its own would
 * be a second copy of the SDK.
 */
export interface TableRequests {
  get(input: WithoutTable<GetItemInput>): Promise<{ readonly Item?: Item | undefined }>;
  put(input: WithoutTable<PutItemInput>): Promise<object>;
  update(input: WithoutTable<UpdateItemInput>): Promise<{ readonly Attributes?: Item | undefined }>;
}

/** What a request answers; undefined where its condition didn't hold. By the error's name: its class is part of the SDK. */
export async function happened<Answer>(request: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await request;
  } catch (error) {
    if (error instanceof Error && error.name === "ConditionalCheckFailedException") return undefined;
    throw error;
  }
}
