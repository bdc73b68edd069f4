import type { KnownAccount } from "../../../alerting/accounts/known-account";
import type { ListedAccount, Membership } from "../../../alerting/accounts/membership";
import type { AskOrganization, Page, RenewPorts, TagsAsked, Walk } from "../../../alerting/accounts/renew-directory";

export const DAY = 24 * 3_600_000;
export const MINUTE = 60_000;

/** As the SDK's errors are. */
export function refusal(name: string): Error {
  return Object.assign(new Error(`${name}: refused`), { name, $metadata: {} });
}

/** A root with units below it, and accounts in each: what Organizations would answer, 20 items a page. */
export class FakeOrganization {
  readonly units = new Map<string, string[]>();
  readonly accounts = new Map<string, ListedAccount[]>();
  readonly tags = new Map<string, readonly (readonly [string, string])[]>();
  /** Every call, as `units ou-1`. */
  readonly calls: string[] = [];
  /** Refuses a call that it has a reason for. */
  refuse: (call: string, next?: string) => Error | undefined = () => undefined;

  put(parent: string, id: string, name: string, membership: Membership = {}): void {
    this.accounts.set(parent, [...(this.accounts.get(parent) ?? []), { id, name, ...membership }]);
  }

  ask(): AskOrganization {
    return {
      roots: async () => {
        this.#called("roots");
        return ["r-ab12"];
      },
      units: async (parent, next) => {
        this.#called(`units ${parent}`, next);
        return page(this.units.get(parent) ?? [], next);
      },
      accounts: async (parent, next) => {
        this.#called(`accounts ${parent}`, next);
        return page(this.accounts.get(parent) ?? [], next);
      },
      tags: async (account, next) => {
        this.#called(`tags ${account}`, next);
        return page(this.tags.get(account) ?? [], next);
      },
    };
  }

  #called(call: string, next?: string): void {
    this.calls.push(call);
    const error = this.refuse(call, next);
    if (error) throw error;
  }
}

function page<Item>(items: readonly Item[], next = "0"): Page<Item> {
  const start = Number(next);
  const end = start + 20;
  return { items: items.slice(start, end), ...(end < items.length && { next: String(end) }) };
}

/** What is stored, a clock, and a log. */
export class MemoryDirectory {
  now = Date.parse("2026-11-20T02:00:00Z");
  remaining = 120_000;
  walk: Walk | undefined;
  readonly accounts = new Map<string, KnownAccount>();
  readonly asked = new Map<string, TagsAsked>();
  readonly errors: { readonly what: string; readonly fields: Readonly<Record<string, unknown>> }[] = [];
  readonly infos: string[] = [];

  ports(organization: FakeOrganization, tagKeys: readonly string[] = []): RenewPorts {
    return {
      ask: () => organization.ask(),
      readWalk: async () => this.walk,
      writeWalk: async (walk) => {
        this.walk = JSON.parse(JSON.stringify(walk)) as Walk;
      },
      writeAccount: async (id, account) => {
        this.accounts.set(id, account);
      },
      writeTags: async (id, tags, asked) => {
        this.accounts.set(id, { ...this.accounts.get(id), tags });
        this.asked.set(id, asked);
      },
      tagsAsked: () => this.#tagsAsked(),
      tagKeys,
      now: () => this.now,
      remainingMs: () => this.remaining,
      log: {
        info: (what) => void this.infos.push(what),
        processingError: (what, fields) => void this.errors.push({ what, fields }),
      },
    };
  }

  async *#tagsAsked(): AsyncIterable<readonly [string, TagsAsked | undefined]> {
    for (const id of [...this.accounts.keys()]) yield [id, this.asked.get(id)];
  }
}

/** Twelve digits. */
export function accountId(number: number): string {
  return String(100_000_000_000 + number);
}
