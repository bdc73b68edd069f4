import type { Random } from "../../tools/random";
import { recordOf } from "./record";
import {
  type Actor,
  DELETION,
  DIGESTED,
  FAILED_SIGN_IN,
  HARMLESS,
  REFUSED,
  ROOT,
  TELLING,
  type Template,
  UNJUDGEABLE,
  user,
} from "./templates";

/** Something that happened: a record, and what is known of it without asking the function. */
export interface ChaosEvent {
  /** Marks the record in everything that is told of it: its user agent. */
  readonly mark: string;
  readonly record: unknown;
  /** Milliseconds since 1970, a whole second. */
  readonly time: number;
  readonly actor: string;
  readonly detections: readonly string[];
  readonly judgeable: boolean;
}

const HOME_REGION = "us-east-1";
const REGIONS = [HOME_REGION, "eu-west-1", "ap-southeast-2", "sa-east-1"];
const MINUTE = 60_000;

/** Makes events: some match, some several detections at once, storms, harmless ones, and ones that nobody can judge. */
export class EventMaker {
  #made = 0;

  constructor(
    private readonly random: Random,
    /** When it begins, milliseconds since 1970. */
    private readonly start: number,
  ) {}

  make(count: number): readonly ChaosEvent[] {
    const { random } = this;
    const users = random.times(6, () => user(`u${random.next().toString(36)}`));
    const events: ChaosEvent[] = [];
    while (events.length < count) {
      const actor = random.pick(users);
      const make = random.weighted<() => readonly ChaosEvent[]>([
        // Most of what happens is harmless, and each match costs a dozen requests.
        [90, () => [this.event(random.pick(HARMLESS), actor)]],
        [20, () => [this.event(random.pick(TELLING), actor)]],
        [8, () => [this.event(random.pick(REFUSED), actor)]],
        [2, () => this.#storm(actor, REFUSED)],
        [1, () => this.#storm(actor, [DELETION])],
        [3, () => this.#signIns(actor)],
        [6, () => [this.event(DIGESTED, actor)]],
        [5, () => [this.#unjudgeable()]],
      ]);
      events.push(...make());
    }
    return events.slice(0, count);
  }

  /** @param time milliseconds after the start */
  event(template: Template, actor: Actor, time = this.random.below(40 * MINUTE)): ChaosEvent {
    const { random } = this;
    const who = template.by === "root" ? ROOT : actor;
    const mark = `chaos/${this.#made++}`;
    const at = this.start + Math.floor(time / 1000) * 1000;
    const record = recordOf(template, who, {
      time: at,
      region: random.chance(0.6) ? HOME_REGION : random.pick(REGIONS),
      // Records of old, and of some services, have none.
      eventID: random.chance(0.97) ? this.#uuid() : undefined,
      mark,
    });
    return { mark, record, time: at, actor: who.words, detections: template.detections, judgeable: true };
  }

  /** Many calls of one actor within one window. */
  #storm(actor: Actor, templates: readonly Template[]): readonly ChaosEvent[] {
    const window = this.random.below(2) * 15 * MINUTE;
    return this.random.times(this.random.between(20, 50), () =>
      this.event(this.random.pick(templates), actor, window + this.random.below(15 * MINUTE)),
    );
  }

  /** Failed sign-ins: sometimes enough, all together, to be told. */
  #signIns(actor: Actor): readonly ChaosEvent[] {
    const window = this.random.below(2) * 15 * MINUTE;
    return this.random.times(this.random.between(2, 9), () =>
      this.event(FAILED_SIGN_IN, actor, window + this.random.below(15 * MINUTE)),
    );
  }

  #unjudgeable(): ChaosEvent {
    const mark = `chaos/${this.#made++}`;
    const record = this.random.pick(UNJUDGEABLE);
    return { mark, record, time: this.start, actor: "nobody", detections: [], judgeable: false };
  }

  #uuid(): string {
    const digits = this.random.times(4, () => this.random.next().toString(16).padStart(8, "0")).join("");
    return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }
}
