import { publishInput } from "../../../cli/demo/publish-input";

/** A Publish that the topic has taken. */
export interface Publish {
  readonly door: string;
  readonly detection: string;
  /** Of an alert; absent from everything else that is told. */
  readonly callId: string | undefined;
  /** Of a summary: the window's id. */
  readonly window: string | undefined;
  /** The answer has gone out whole. */
  learned: boolean;
  /** Its connection was closed before it was written down: the process may have given up waiting just before the answer came. */
  left: boolean;
  confirmed: boolean;
}

/** Publishes that may rightly have been repeated. */
export interface Unlearned {
  /** The topic took it, but the answer didn't come back whole, or perhaps too late. */
  readonly answersLost: number;
  /** The process was killed before the table had taken that it is published. */
  readonly killedBefore: number;
  /** Learned, by a process that lived, but the table would not take that it is published, however often it was asked. */
  readonly unwritten: number;
}

/**
 * Keeps, for every Publish that a topic took, whether the function could learn so and could write it down.
 *
 * The writing down is recognised by what it updates: the event's item or, where a window is told of as a whole, an item of its
 * window.
 */
export class Publishes {
  readonly #all: Publish[] = [];
  readonly #killed = new Set<string>();

  /** The topic has taken it. */
  accepted(door: string, body: Buffer): Publish {
    const form = new URLSearchParams(body.toString("utf8"));
    const publish = { door, ...subjectOf(form), learned: false, left: false, confirmed: false };
    this.#all.push(publish);
    return publish;
  }

  /** The table has taken an UpdateItem. */
  updated(door: string, body: Buffer): void {
    const { Key, UpdateExpression = "" } = JSON.parse(body.toString("utf8")) as Update;
    const [pk, sk] = [Key?.pk?.S ?? "", Key?.sk?.S ?? ""];
    const update = { pk, sk, tells: UpdateExpression.includes("reported") };
    for (const publish of this.#all) {
      if (publish.door === door && writesDown(publish, update)) publish.confirmed = true;
    }
  }

  /** The door's process is no more. */
  killed(door: string): void {
    this.#killed.add(door);
  }

  get unlearned(): Unlearned {
    const lost = this.#all.filter(({ door, learned, left }) => !learned || (left && !this.#killed.has(door)));
    const unconfirmed = this.#all.filter((publish) => !this.#isDown(publish) && !lost.includes(publish));
    const killedBefore = unconfirmed.filter(({ door }) => this.#killed.has(door)).length;
    return { answersLost: lost.length, killedBefore, unwritten: unconfirmed.length - killedBefore };
  }

  /** A digest's windows are written down one by one: of a process that was killed, the first says nothing of the others. */
  #isDown({ door, detection, confirmed }: Publish): boolean {
    return confirmed && !(detection === "digest" && this.#killed.has(door));
  }

  /** What is not known to be written down, a line each. */
  describe(): readonly string[] {
    return this.#all
      .filter(({ learned, left, confirmed }) => !learned || left || !confirmed)
      .map(({ door, detection, callId = "", learned, left, confirmed }) => {
        const what = `${learned ? "learned" : "not learned"}${left ? ", perhaps too late" : ""}, ${confirmed ? "written down" : "not written down"}`;
        return `${door}${this.#killed.has(door) ? ", killed" : ""}: ${detection} ${callId} ${what}`;
      });
  }
}

interface Update {
  readonly Key?: { readonly pk?: { readonly S?: string }; readonly sk?: { readonly S?: string } };
  readonly UpdateExpression?: string;
}

/** An update, as far as it matters here. */
interface Written {
  readonly pk: string;
  readonly sk: string;
  /** Whether it says how many members have been told. */
  readonly tells: boolean;
}

function writesDown({ detection, callId, window }: Publish, { pk, sk, tells }: Written): boolean {
  if (detection === "rate-limit") return pk.startsWith("rate-limit#") && sk.startsWith("~");
  if (detection === "digest") return pk.startsWith("digest#") && tells;
  if (window !== undefined) return tells && pk === window;
  return pk.includes(`#${detection}#`) && (sk === callId || sk.startsWith("~"));
}

function subjectOf(form: URLSearchParams): Pick<Publish, "detection" | "callId" | "window"> {
  const { Message = "{}", MessageAttributes } = publishInput(form);
  const { sqs = "{}" } = JSON.parse(Message) as { readonly sqs?: string };
  const { kind = "", id = "" } = JSON.parse(sqs) as { readonly kind?: string; readonly id?: string };
  const detection = MessageAttributes.detection?.StringValue ?? "";
  const about = id.slice(0, id.lastIndexOf("/"));
  const windows: Readonly<Record<string, string>> = { summary: about, timeline: `incident#${about}` };
  const callId = kind === "alert" ? id.slice(id.indexOf("/") + 1) : undefined;
  return { detection, callId, window: windows[kind] };
}
