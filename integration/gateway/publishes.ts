/** A Publish that the topic has taken. */
interface Publish {
  readonly door: string;
  readonly detection: string;
  /** Of an alert; absent from everything else that is told. */
  readonly eventId: string | undefined;
  /** Of a summary, as CloudTrail writes times. */
  readonly windowStart: string | undefined;
  learned: boolean;
  confirmed: boolean;
}

/** Publishes that may rightly have been repeated. */
export interface Unlearned {
  /** The topic took it, but the answer didn't come back whole. */
  readonly answersLost: number;
  /** The process was killed before the table had taken that it is published. */
  readonly killedBefore: number;
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
  /** Windows whose summary is written down, by door: a repeated update says nothing of another window's. */
  readonly #closed = new Set<string>();

  /** The topic has taken it. */
  accepted(door: string, body: Buffer): Publish {
    const form = new URLSearchParams(body.toString("utf8"));
    const publish = { door, ...subjectOf(form), learned: false, confirmed: false };
    this.#all.push(publish);
    return publish;
  }

  /** The table has taken an UpdateItem. */
  updated(door: string, body: Buffer): void {
    const update = JSON.parse(body.toString("utf8")) as Update;
    const meant = this.#all.filter((publish) => publish.door === door && writesDown(publish, update));
    const summary = meant.find(({ windowStart, confirmed }) => windowStart !== undefined && !confirmed);
    for (const publish of meant.filter(({ windowStart }) => windowStart === undefined)) publish.confirmed = true;
    // Windows of one detection that begin together differ by actor, which the update does not name: one of them it is.
    const window = `${door} ${update.Key?.pk?.S}`;
    if (summary && !this.#closed.has(window)) {
      summary.confirmed = true;
      this.#closed.add(window);
    }
  }

  /** The door's process is no more. */
  killed(door: string): void {
    this.#killed.add(door);
  }

  get unlearned(): Unlearned {
    const answersLost = this.#all.filter(({ learned }) => !learned).length;
    const unconfirmed = this.#all.filter(({ learned, confirmed }) => learned && !confirmed);
    return { answersLost, killedBefore: unconfirmed.filter(({ door }) => this.#killed.has(door)).length };
  }

  /** What is not known to be written down, a line each. */
  describe(): readonly string[] {
    return this.#all
      .filter(({ learned, confirmed }) => !learned || !confirmed)
      .map(({ door, detection, eventId = "", learned, confirmed }) => {
        const what = `${learned ? "learned" : "not learned"}, ${confirmed ? "written down" : "not written down"}`;
        return `${door}${this.#killed.has(door) ? ", killed" : ""}: ${detection} ${eventId} ${what}`;
      });
  }
}

interface Update {
  readonly Key?: { readonly pk?: { readonly S?: string }; readonly sk?: { readonly S?: string } };
  readonly UpdateExpression?: string;
}

function writesDown({ detection, eventId, windowStart }: Publish, { Key, UpdateExpression = "" }: Update): boolean {
  const [pk, sk] = [Key?.pk?.S ?? "", Key?.sk?.S ?? ""];
  if (detection === "alert-cap") return pk.startsWith("cap#") && sk.startsWith("~");
  if (detection === "digest") return pk.startsWith("digest#") && UpdateExpression.includes("told");
  if (!pk.includes(`#${detection}#`)) return false;
  if (windowStart !== undefined) {
    return sk === "#window" && UpdateExpression.includes("told") && pk.includes(windowStart.replace("Z", ""));
  }
  return sk === eventId || sk.startsWith("~") || (eventId === "unknown" && sk.startsWith("sha256-"));
}

function subjectOf(form: URLSearchParams): Pick<Publish, "detection" | "eventId" | "windowStart"> {
  let detection = "";
  for (let entry = 1; form.has(`MessageAttributes.entry.${entry}.Name`); entry++) {
    if (form.get(`MessageAttributes.entry.${entry}.Name`) === "detection") {
      detection = form.get(`MessageAttributes.entry.${entry}.Value.StringValue`) ?? "";
    }
  }
  const { sqs = "{}" } = JSON.parse(form.get("Message") ?? "{}") as { readonly sqs?: string };
  const { eventID, windowStart } = JSON.parse(sqs) as { readonly eventID?: string; readonly windowStart?: string };
  return { detection, eventId: eventID, windowStart };
}
