import {
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryInput,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import type { Item } from "./alert-state-items";
import type { TableRequests } from "./table-requests";

/** The index that holds what is open, by when it is due or was sent. */
export const OPEN_INDEX = "open-closesAt";

/** The table that `constructs/storage/seen-table.ts` makes. */
export class StateTable implements TableRequests {
  /** @param signal how long a call may take with all its tries: aborts when no time is left */
  constructor(
    private readonly client: DynamoDBClient,
    private readonly name: string,
    private readonly signal: () => AbortSignal,
  ) {}

  readonly get: TableRequests["get"] = (input) =>
    this.client.send(new GetItemCommand({ ...input, TableName: this.name }), this.#options());

  readonly put: TableRequests["put"] = (input) =>
    this.client.send(new PutItemCommand({ ...input, TableName: this.name }), this.#options());

  readonly update: TableRequests["update"] = (input) =>
    this.client.send(new UpdateItemCommand({ ...input, TableName: this.name }), this.#options());

  /** All that the query finds, page by page. */
  async *items(input: Omit<QueryInput, "TableName">): AsyncGenerator<Item, void> {
    let next: Item | undefined;
    do {
      const { Items = [], LastEvaluatedKey } = await this.client.send(
        new QueryCommand({ ...input, TableName: this.name, ...(next && { ExclusiveStartKey: next }) }),
        this.#options(),
      );
      yield* Items;
      next = LastEvaluatedKey;
    } while (next);
  }

  #options(): { readonly abortSignal: AbortSignal } {
    return { abortSignal: this.signal() };
  }
}
