import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { boundedStep } from "../../alerting/incidents/bounded-step";
import {
  type Incident,
  type IncidentPlace,
  type IncidentStep,
  MOST_MORE,
  MOST_STEPS,
  type Unacknowledged,
} from "../../alerting/incidents/incident";
import { incidentId, incidentWindow, principalKey } from "../../alerting/incidents/incident-id";
import type { IncidentState } from "../../alerting/incidents/incident-state";
import {
  eventKey,
  incidentOf,
  openedBy,
  placeIn,
  roomFor,
  type StoredIncident,
  successesOf,
} from "../../alerting/incidents/stored-incident";
import { type Openers, whichIncident } from "../../alerting/incidents/which-incident";
import type { Lease } from "../../alerting/windows/alert-state";
import { closingTime } from "../../alerting/windows/window";
import type { Severity } from "../../detection/definition/detection";
import type { OutcomeKind } from "../../detection/events/outcome";
import { acknowledgementId, acknowledgementOf, expiryOf, type Item, keyOf, textOf, WINDOW } from "./alert-state-items";
import { happened, type TableRequests } from "./table-requests";

/** Times that a principal's item is read while others open incidents at the same time. */
const ROUNDS = 5;

/** The incidents, in the table of the alert state. */
export class DynamoDbIncidentState implements IncidentState {
  /** Ids of incidents whose lists are full: no room can come. */
  readonly #full = new Set<string>();

  constructor(
    private readonly requests: TableRequests,
    private readonly now: () => number = Date.now,
  ) {}

  async join(principal: string, given: IncidentStep, lengthMs: number, lease: Lease): Promise<IncidentPlace> {
    const step = boundedStep(given);
    const key = principalKey(principal);
    for (let round = 0; round < ROUNDS; round++) {
      const openers = openersOf(await this.#read(incidentWindow(key)));
      const belonging = whichIncident(openers, step.time, lengthMs);
      switch (belonging.kind) {
        case "joins":
          return this.#join(incidentId(key, belonging.opener.time), belonging.opener, step, lengthMs, lease);
        case "alone":
          return alone(key, step);
        case "opens":
          // Another invocation has opened one meanwhile, or this one, and the answer was lost: the next round sees which.
          if (await this.#open(key, step, openers)) return alone(key, step);
      }
    }
    throw new Error(`incident ${key}: others opened one ${ROUNDS} times while this alert was joining`);
  }

  async read(id: string): Promise<Incident | undefined> {
    const [item, acknowledgement] = await Promise.all([
      this.#read(incidentWindow(id)),
      this.#read(acknowledgementId(id)),
    ]);
    const stored = storedOf(item);
    return stored && incidentOf(id, stored, acknowledgement && acknowledgementOf(acknowledgement));
  }

  async unacknowledged(windowId: string): Promise<Unacknowledged | undefined> {
    const item = await this.#read(windowId);
    if (!item) return undefined;
    const text = (attribute: string) => textOf(item, attribute) || "unknown";
    return { incidentId: text("incidentId"), title: text("title"), actor: text("actor"), time: text("time") };
  }

  /** @returns whether the incident is the principal's current one now */
  async #open(key: string, step: IncidentStep, openers: Openers | undefined): Promise<boolean> {
    const seen = openers?.current;
    const answer = await happened(
      this.requests.put({
        Item: {
          ...keyOf(incidentWindow(key), WINDOW),
          startsAt: { N: String(step.time) },
          current: attributeOf(step),
          ...(seen && { before: attributeOf(seen) }),
          expiresAt: expiryOf(this.now()),
        },
        ConditionExpression: seen ? "startsAt = :seen" : "attribute_not_exists(pk)",
        ...(seen && { ExpressionAttributeValues: { ":seen": { N: String(seen.time) } } }),
      }),
    );
    return answer !== undefined;
  }

  async #join(
    id: string,
    opener: IncidentStep,
    step: IncidentStep,
    lengthMs: number,
    { now }: Lease,
  ): Promise<IncidentPlace> {
    if (opener.callId === step.callId) return placeIn(id, step, openedBy(opener));
    const due = closingTime({ start: opener.time, end: opener.time + lengthMs }, now);
    const wasFull = this.#full.has(id);
    const before = await this.#add(id, opener, step, due, wasFull ? "counted" : "kept");
    if (before) return placeIn(id, step, before);
    const stored = storedOf(await this.#read(incidentWindow(id))) ?? openedBy(opener);
    if (stored.steps.length >= MOST_STEPS) this.#full.add(id);
    if (wasFull || roomFor(step, stored) !== "counted") return placeIn(id, step, stored);
    // What came in between counts: the second write answers with what was there before it.
    return placeIn(id, step, (await this.#add(id, opener, step, due, "counted")) ?? stored);
  }

  /** @returns the incident as it was before; undefined where the alert is there already, or has no room */
  async #add(
    id: string,
    opener: IncidentStep,
    step: IncidentStep,
    due: number,
    as: "kept" | "counted",
  ): Promise<StoredIncident | undefined> {
    const kept = as === "kept";
    const successes = [...successesOf([opener, step])];
    const answer = await happened(
      this.requests.update({
        Key: keyOf(incidentWindow(id), WINDOW),
        UpdateExpression: `SET ${kept ? "steps = list_append(if_not_exists(steps, :opening), :step), " : ""}#open = :kind, closesAt = :due, expiresAt = :expiresAt ADD eventKeys :keys, severities :severities${successes.length > 0 ? ", successes :successes" : ""}`,
        ConditionExpression: `attribute_not_exists(eventKeys) OR (NOT contains(eventKeys, :key) AND size(${kept ? "steps" : "eventKeys"}) < :limit)`,
        ExpressionAttributeNames: { "#open": "open" },
        ExpressionAttributeValues: {
          ...(kept && { ":opening": { L: [attributeOf(opener)] }, ":step": { L: [attributeOf(step)] } }),
          ":kind": { S: "incident" },
          ":due": { N: String(due) },
          ":expiresAt": expiryOf(this.now()),
          ":keys": { SS: [eventKey(opener), eventKey(step)] },
          ":key": { S: eventKey(step) },
          ":severities": { SS: [...new Set([opener.severity, step.severity])] },
          // A set can't be empty.
          ...(successes.length > 0 && { ":successes": { SS: successes } }),
          ":limit": { N: String(kept ? MOST_STEPS : MOST_STEPS + MOST_MORE) },
        },
        ReturnValues: "ALL_OLD",
      }),
    );
    return answer && (storedOf(answer.Attributes) ?? openedBy(opener));
  }

  async #read(pk: string): Promise<Item | undefined> {
    return (await this.requests.get({ Key: keyOf(pk, WINDOW), ConsistentRead: true })).Item;
  }
}

function alone(key: string, step: IncidentStep): IncidentPlace {
  return placeIn(incidentId(key, step.time), step, openedBy(step));
}

function openersOf(item: Item | undefined): Openers | undefined {
  if (!item?.current) return undefined;
  return { current: stepOf(item.current), ...(item.before && { before: stepOf(item.before) }) };
}

function storedOf(item: Item | undefined): StoredIncident | undefined {
  if (!item?.steps) return undefined;
  return {
    steps: (item.steps.L ?? []).map(stepOf),
    eventKeys: new Set(item.eventKeys?.SS),
    severities: new Set(item.severities?.SS),
    successes: new Set(item.successes?.SS),
  };
}

function attributeOf(step: IncidentStep): AttributeValue {
  const attributes = Object.entries(step).map(([name, value]: [string, string | number]) => [
    name,
    typeof value === "number" ? { N: String(value) } : { S: value },
  ]);
  return { M: Object.fromEntries(attributes) };
}

function stepOf({ M: item = {} }: AttributeValue): IncidentStep {
  const text = (attribute: keyof IncidentStep) => textOf(item, attribute);
  return {
    callId: text("callId"),
    eventId: text("eventId"),
    time: Number(item.time?.N ?? 0),
    detection: text("detection"),
    title: text("title"),
    severity: text("severity") as Severity,
    eventName: text("eventName"),
    outcome: text("outcome") as OutcomeKind,
    account: text("account"),
    region: text("region"),
    actor: text("actor"),
    sourceIPAddress: text("sourceIPAddress"),
    what: text("what"),
  };
}
