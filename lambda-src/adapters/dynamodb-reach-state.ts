import { type KnownSender, MOST_BETWEEN_MS, type ReachState, type Sender } from "../../alerting/reach/reach-state";
import { sha256 } from "../../detection/events/event-id";
import { keyOf, textOf, WINDOW } from "./alert-state-items";
import type { StateTable } from "./state-table";
import { happened } from "./table-requests";

/** Of the one item that says since when rules and forwarders are as they are. It never expires. */
const WATCHED = keyOf("event-path", WINDOW);
/** Under which each account has an item, its newest log file, by its id. */
const SENDERS = "log-files";
/** Days that an account is remembered which sends nothing. */
const REMEMBERED_DAYS = 90;

/** Where events and log files come from, in the table of the alert state. */
export class DynamoDbReachState implements ReachState {
  readonly #watched: string;

  /** @param watched what rules and forwarders are made from: another begins anew */
  constructor(
    private readonly table: Pick<StateTable, "get" | "put" | "update" | "items">,
    watched: unknown,
  ) {
    this.#watched = sha256(JSON.stringify(watched));
  }

  async watchedSince(now: number): Promise<number> {
    const { Item } = await this.table.get({ Key: WATCHED, ConsistentRead: true });
    if (Item && textOf(Item, "watched") === this.#watched) return Number(Item.since?.N);
    await this.table.put({ Item: { ...WATCHED, watched: { S: this.#watched }, since: { N: String(now) } } });
    return now;
  }

  async sent({ account, region, at }: Sender, now: number): Promise<void> {
    const noted = (steadySince: string, condition: string) =>
      happened(
        this.table.update({
          Key: keyOf(SENDERS, account),
          UpdateExpression: `SET #at = :at, #region = :region, expiresAt = :expiresAt, steadySince = ${steadySince}, #first = if_not_exists(#first, :at)`,
          ConditionExpression: condition,
          ExpressionAttributeNames: { "#at": "at", "#region": "region", "#first": "first" },
          ExpressionAttributeValues: {
            ":at": { N: String(at) },
            ":region": { S: region },
            ":expiresAt": { N: String(Math.ceil(now / 1000) + REMEMBERED_DAYS * 24 * 3600) },
            ":before": { N: String(at - MOST_BETWEEN_MS) },
          },
        }),
      );
    if (await noted("if_not_exists(steadySince, :at)", "#at >= :before AND #at < :at")) return;
    await noted(":at", "attribute_not_exists(#at) OR #at < :before");
  }

  async *senders(): AsyncIterable<KnownSender> {
    const items = this.table.items({
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": { S: SENDERS } },
      ConsistentRead: true,
    });
    for await (const item of items) {
      const at = Number(item.at?.N ?? 0);
      yield {
        account: textOf(item, "sk"),
        region: textOf(item, "region"),
        at,
        steadySince: Number(item.steadySince?.N ?? at),
        first: Number(item.first?.N ?? at),
      };
    }
  }
}
