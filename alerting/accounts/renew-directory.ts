// Over 250 lines: one walk through an organization, whose steps share how far it has come.
import { forEachConcurrent } from "../for-each-concurrent";
import type { Log } from "../log";
import { errorFields } from "../processing-error";
import { type KnownAccount, shownName } from "./known-account";
import type { ListedAccount, Membership } from "./membership";

/** Milliseconds after which the organization is asked again. */
const DAY_MS = 24 * 3_600_000;
/** Milliseconds that one round may take: the schedule, which comes every five minutes, goes on with what is left. */
const ROUND_MS = 30_000;
/** Milliseconds that are left to the invocation when a call is begun: more than one may take with the writes behind it. */
const RESERVE_MS = 20_000;
const WRITES_AT_ONCE = 10;

/** One page of an answer. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Where the next page begins; absent of the last. */
  readonly next?: string;
}

/** The calls of AWS Organizations. They reject when it refuses, with its name for the reason. */
export interface AskOrganization {
  readonly roots: () => Promise<readonly string[]>;
  readonly units: (parent: string, next?: string) => Promise<Page<string>>;
  readonly accounts: (parent: string, next?: string) => Promise<Page<ListedAccount>>;
  readonly tags: (account: string, next?: string) => Promise<Page<readonly [key: string, value: string]>>;
}

/** What is still to be asked of a root or an organizational unit. */
interface Step {
  readonly what: "units" | "accounts";
  /** Ids from the root down to it. */
  readonly path: readonly string[];
  /** The page that comes next; absent: the first. */
  readonly next?: string;
}

/** How far the asking has come. */
export interface Walk {
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** The last is the next; none: every account has been asked for. */
  readonly steps: readonly Step[];
  /** Whether tags are still to be asked for, once there are no steps. */
  readonly tags: boolean;
  /** Keys that the tags were asked for by; none: tags were not asked for. */
  readonly tagKeys?: readonly string[];
  /** The asking ended before all accounts were listed: what it has not listed may well be a member. */
  readonly refused?: true;
}

/** When an account's tags were asked for, in milliseconds since 1970, and which of them; undefined: never. */
export interface TagsAsked {
  readonly at: number;
  readonly keys: readonly string[];
}

export interface RenewPorts {
  readonly ask: () => AskOrganization;
  readonly readWalk: () => Promise<Walk | undefined>;
  readonly writeWalk: (walk: Walk) => Promise<void>;
  /** Writes name, units and membership; the tags stay as they are. */
  readonly writeAccount: (
    id: string,
    account: Pick<KnownAccount, "name" | "organizationalUnits"> & Membership,
  ) => Promise<void>;
  readonly writeTags: (id: string, tags: Readonly<Record<string, string>>, asked: TagsAsked) => Promise<void>;
  /** All accounts that are stored. */
  readonly tagsAsked: () => AsyncIterable<readonly [id: string, asked: TagsAsked | undefined]>;
  /** Keys of the tags that the configuration names. */
  readonly tagKeys: readonly string[];
  readonly now: () => number;
  /** Milliseconds until the invocation is cut off. */
  readonly remainingMs: () => number;
  readonly log: Log;
}

/** Ends a round: the next one goes on. */
class NextRound extends Error {
  override readonly name = "NextRound";
}

/**
 * Asks AWS Organizations once a day for all accounts, with the organizational units above them and, where the configuration
 * names tags, theirs. Of a large organization in rounds of some seconds: each goes on where the last has ended. What is stored
 * of an account stays until it is overwritten or expires, so there is a directory at any time. Never rejects.
 */
export async function renewDirectory(ports: RenewPorts): Promise<void> {
  try {
    const stored = await ports.readWalk();
    const isOver = !stored || (stored.steps.length === 0 && !stored.tags);
    const isOld = !stored || ports.now() - stored.startedAt >= DAY_MS;
    if (isOver && !isOld && !asksFurther(stored, ports)) return;
    if (!isOver && isOld) {
      const reason = "AWS Organizations has not answered all calls within a day; the accounts are asked for anew";
      ports.log.processingError("accounts of the organization can't be read", { reason });
    }
    await new Round(ports, isOld ? undefined : stored).run();
  } catch (error) {
    ports.log.info("accounts of the organization can't be stored", errorFields(error));
  }
}

/** Whether the configuration names tags that the last asking did not ask for: a suppression by them need not wait for the next day. */
function asksFurther({ tagKeys = [], refused }: Walk, ports: RenewPorts): boolean {
  return !refused && ports.tagKeys.some((key) => !tagKeys.includes(key));
}

class Round {
  readonly #ask: AskOrganization;
  readonly #end: number;
  readonly #steps: Step[];
  readonly #startedAt: number;
  #tags: boolean;
  #refused = false;

  constructor(
    private readonly ports: RenewPorts,
    stored: Walk | undefined,
  ) {
    this.#ask = ports.ask();
    this.#end = ports.now() + ROUND_MS;
    this.#startedAt = stored?.startedAt ?? ports.now();
    this.#steps = [...(stored?.steps ?? FROM_THE_ROOTS)];
    this.#tags = stored ? stored.tags || asksFurther(stored, ports) : ports.tagKeys.length > 0;
  }

  async run(): Promise<void> {
    try {
      while (this.#steps.length > 0) await this.#step();
      if (this.#tags) await this.#allTags();
    } catch (error) {
      this.#stop(error);
    }
    await this.ports.writeWalk({
      startedAt: this.#startedAt,
      steps: this.#steps,
      tags: this.#tags,
      ...(this.ports.tagKeys.length > 0 && { tagKeys: this.ports.tagKeys }),
      ...(this.#refused && { refused: true as const }),
    });
  }

  /** What is refused for lack of permission would be refused again: a day later, then. All else is tried in the next round. */
  #stop(error: unknown): void {
    if (error instanceof NextRound) return;
    const { log } = this.ports;
    if (REFUSALS.includes(nameOf(error))) {
      const what = this.#steps.length > 0 ? "accounts" : "tags of accounts";
      this.#refused = this.#steps.length > 0;
      this.#steps.length = 0;
      this.#tags = false;
      log.processingError(`${what} of the organization can't be read`, { ...errorFields(error), fix: HOW_TO_FIX });
      return;
    }
    log.info("accounts of the organization are read further in the next round", errorFields(error));
  }

  #push(paths: readonly (readonly string[])[]): void {
    for (const path of paths) this.#steps.push({ what: "units", path }, { what: "accounts", path });
  }

  async #step(): Promise<void> {
    this.#mayGoOn();
    const step = this.#steps.at(-1) as Step;
    const parent = step.path.at(-1);
    if (parent === undefined) {
      const roots = await this.#ask.roots();
      this.#steps.pop();
      return this.#push(roots.map((root) => [root]));
    }
    try {
      if (step.what === "units") {
        const { items, next } = await this.#ask.units(parent, step.next);
        this.#replace(step, next);
        this.#push(items.map((unit) => [...step.path, unit]));
      } else {
        const { items, next } = await this.#ask.accounts(parent, step.next);
        await this.#write(items, step.path);
        this.#replace(step, next);
      }
    } catch (error) {
      if (!UNKNOWN.includes(nameOf(error))) throw error;
      // The unit has been deleted meanwhile, or the page is not known any more: then from the first.
      this.#steps.pop();
      if (step.next !== undefined) this.#steps.push({ what: step.what, path: step.path });
      else this.ports.log.info("organizational unit can't be read", { unit: parent, ...errorFields(error) });
    }
  }

  /** Puts the next page, if there is one, in the step's place. */
  #replace({ what, path }: Step, next: string | undefined): void {
    this.#steps.pop();
    if (next !== undefined) this.#steps.push({ what, path, next });
  }

  #write(items: readonly ListedAccount[], path: readonly string[]): Promise<void> {
    return forEachConcurrent(items, WRITES_AT_ONCE, ({ id, name, ...membership }) => {
      const shown = shownName(name);
      const named = shown !== undefined && { name: shown };
      return this.ports.writeAccount(id, { organizationalUnits: path, ...named, ...membership });
    });
  }

  /** Account by account, since Organizations takes one a call. One that fails keeps no other from being asked for. */
  async #allTags(): Promise<void> {
    const { tagKeys, log } = this.ports;
    const failures: unknown[] = [];
    for await (const [id, asked] of this.ports.tagsAsked()) {
      if (asked && asked.at >= this.#startedAt && tagKeys.every((key) => asked.keys.includes(key))) continue;
      this.#mayGoOn();
      try {
        await this.ports.writeTags(id, await this.#tagsOf(id), { at: this.ports.now(), keys: tagKeys });
      } catch (error) {
        if ([...REFUSALS, ...THROTTLED].includes(nameOf(error))) throw error;
        // The account has left the organization.
        if (nameOf(error) !== "TargetNotFoundException") failures.push(error);
      }
    }
    this.#tags = failures.length > 0;
    if (this.#tags) {
      log.info("tags of accounts can't be read", { ...errorFields(failures[0]), accounts: failures.length });
    }
  }

  async #tagsOf(id: string): Promise<Readonly<Record<string, string>>> {
    const found = new Map<string, string>();
    let next: string | undefined;
    do {
      const page = await this.#ask.tags(id, next);
      for (const [key, value] of page.items) if (this.ports.tagKeys.includes(key)) found.set(key, value);
      next = page.next;
    } while (next !== undefined);
    return Object.fromEntries(found);
  }

  #mayGoOn(): void {
    const { now, remainingMs } = this.ports;
    if (now() >= this.#end || remainingMs() < RESERVE_MS) throw new NextRound();
  }
}

/** Asks for the roots first. */
const FROM_THE_ROOTS: readonly Step[] = [{ what: "units", path: [] }];

/** Source: the errors of https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccountsForParent.html */
const REFUSALS = ["AccessDeniedException", "AccessDenied", "AWSOrganizationsNotInUseException"];
const UNKNOWN = ["ParentNotFoundException", "InvalidInputException"];
const THROTTLED = ["TooManyRequestsException", "ThrottlingException"];

const HOW_TO_FIX =
  "deploy in the organization's management account, or register this account as a delegated administrator (aws organizations register-delegated-administrator), and let no policy deny organizations:List*; until then alerts have the names of accountNames, or ids";

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "";
}
