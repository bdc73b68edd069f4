import { type BodySchema, problemsOf } from "./body-schema";
import { failingVendor } from "./failing-vendor";
import { jsonAnswer, type VendorAnswer, type VendorRequest } from "./vendor";

/** https://developer.pagerduty.com/docs/send-alert-event and /docs/send-change-event; 512 KB per event. */
const MAXIMUM_BYTES = 512 * 1_024;
const HOSTS = ["events.pagerduty.com", "events.eu.pagerduty.com", "api.pagerduty.com", "api.eu.pagerduty.com"];
const LINKS: BodySchema = {
  type: "array",
  items: {
    type: "object",
    required: ["href"],
    properties: { href: { type: "string", pattern: /^https?:\/\/\S+$/ }, text: { type: "string" } },
  },
};
const TIMESTAMP: BodySchema = { type: "string", pattern: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$/ };
const PAYLOAD = {
  summary: { type: "string", minLength: 1, maxLength: 1_024 },
  source: { type: "string", minLength: 1 },
  timestamp: TIMESTAMP,
  custom_details: { type: "object", others: { type: "any" } },
} as const satisfies Record<string, BodySchema>;
const KEYS = {
  routing_key: { type: "string", minLength: 32, maxLength: 32 },
  dedup_key: { type: "string", minLength: 1, maxLength: 255 },
} as const satisfies Record<string, BodySchema>;

const TRIGGER: BodySchema = {
  type: "object",
  required: ["routing_key", "event_action", "payload"],
  properties: {
    ...KEYS,
    event_action: { type: "string", enum: ["trigger"] },
    client: { type: "string" },
    client_url: { type: "string", pattern: /^https:\/\// },
    links: LINKS,
    payload: {
      type: "object",
      required: ["summary", "source", "severity"],
      properties: {
        ...PAYLOAD,
        severity: { type: "string", enum: ["critical", "error", "warning", "info"] },
        component: { type: "string" },
        group: { type: "string" },
        class: { type: "string" },
      },
    },
  },
};
const FOLLOW_UP: BodySchema = {
  type: "object",
  required: ["routing_key", "event_action", "dedup_key"],
  properties: { ...KEYS, event_action: { type: "string", enum: ["acknowledge", "resolve"] } },
};
const CHANGE: BodySchema = {
  type: "object",
  required: ["routing_key", "payload"],
  properties: {
    routing_key: KEYS.routing_key,
    links: LINKS,
    payload: { type: "object", required: ["summary"], properties: PAYLOAD },
  },
};

/** An alert, which is an incident here: the service groups none. */
export interface PagerDutyAlert {
  readonly key: string;
  status: "triggered" | "acknowledged" | "resolved";
  /** Summaries of its triggers. */
  readonly log: string[];
  readonly severity: string;
  readonly createdAt: string;
  acknowledgements: { at: string; acknowledger: object }[];
  changedBy?: object;
  changedAt?: string;
}

interface TriggerBody {
  readonly event_action: string;
  readonly dedup_key: string;
  readonly routing_key: string;
  readonly payload: { readonly summary: string; readonly severity: string };
}

/** PagerDuty with one service: its Events API v2 and its list of incidents. */
export function fakePagerDuty(routingKey: string, apiToken?: string) {
  const alerts: PagerDutyAlert[] = [];
  const changes: string[] = [];
  const violations: string[] = [];
  const open = (key: string) => alerts.find((alert) => alert.key === key && alert.status !== "resolved");
  const named = (name: string) => ({ id: `P${name.toUpperCase()}`, type: "user_reference", summary: name });

  const enqueue = (text: string): VendorAnswer => {
    const body = JSON.parse(text) as TriggerBody;
    const problems = problemsOf(body, body.event_action === "trigger" ? TRIGGER : FOLLOW_UP);
    violations.push(...problems);
    if (problems.length > 0) return invalid(problems);
    if (body.routing_key !== routingKey) return invalid(["Invalid routing key"]);
    const { dedup_key: key, payload } = body;
    const found = open(key);
    if (body.event_action === "trigger") {
      if (found !== undefined) found.log.push(payload.summary);
      else {
        const createdAt = new Date(Date.UTC(2026, 10, 20, 2, alerts.length)).toISOString();
        const log = [payload.summary];
        alerts.push({ key, status: "triggered", log, severity: payload.severity, createdAt, acknowledgements: [] });
      }
    } else if (found !== undefined) {
      found.status = body.event_action === "resolve" ? "resolved" : "acknowledged";
      const integration = { id: "PINTEGRATION", type: "integration_reference", summary: "trailwarden" };
      if (found.status === "resolved") found.changedBy = integration;
      else found.acknowledgements = [{ at: "2026-11-20T02:30:00Z", acknowledger: integration }];
    }
    return jsonAnswer(202, { status: "success", message: "Event processed", dedup_key: key });
  };

  const change = (text: string): VendorAnswer => {
    const body = JSON.parse(text) as TriggerBody;
    const problems = problemsOf(body, CHANGE);
    violations.push(...problems);
    if (problems.length > 0) return invalid(problems);
    if (body.routing_key !== routingKey || routingKey.startsWith("R")) return invalid(["Invalid routing key"]);
    changes.push(body.payload.summary);
    return jsonAnswer(202, { status: "success", message: "Change event processed" });
  };

  const list = (url: URL, headers: Readonly<Record<string, string>>): VendorAnswer => {
    if (apiToken === undefined || headers.authorization !== `Token token=${apiToken}`) {
      return jsonAnswer(401, { error: { code: 2006, message: "Invalid credentials" } });
    }
    if (headers.accept !== "application/vnd.pagerduty+json;version=2") return jsonAnswer(406, {});
    const incidents = alerts
      .filter(({ key }) => key === url.searchParams.get("incident_key"))
      .map((alert) => ({
        id: `Q${alert.createdAt}`,
        type: "incident",
        status: alert.status,
        created_at: alert.createdAt,
        acknowledgements: alert.status === "acknowledged" ? alert.acknowledgements : [],
        last_status_change_by: alert.changedBy ?? { type: "service_reference", id: "PSERVICE", summary: "trailwarden" },
        last_status_change_at: alert.changedAt ?? alert.createdAt,
      }))
      .sort((one, other) => other.created_at.localeCompare(one.created_at));
    return jsonAnswer(200, { incidents: incidents.slice(0, Number(url.searchParams.get("limit") ?? 25)), more: false });
  };

  const handler = ({ method, host, path, headers, body }: VendorRequest): VendorAnswer => {
    const address = new URL(`https://${host}${path}`);
    if (Buffer.byteLength(body) > MAXIMUM_BYTES) {
      violations.push(`${Buffer.byteLength(body)} bytes`);
      return { status: 413, body: "Request Entity Too Large" };
    }
    const route = `${method} ${host.replace(".eu.", ".")}${address.pathname}`;
    if (route === "POST events.pagerduty.com/v2/enqueue") return enqueue(body);
    if (route === "POST events.pagerduty.com/v2/change/enqueue") return change(body);
    if (route === "GET api.pagerduty.com/incidents") return list(address, headers);
    return { status: 404, body: "Not found" };
  };

  return {
    ...failingVendor(HOSTS, violations, handler),
    alerts,
    changes,
    /** A person acknowledges the alert in PagerDuty. */
    acknowledgeBy: (key: string, name: string, at: string) => {
      const alert = open(key);
      if (alert === undefined) throw new Error(`no open alert ${key}`);
      alert.status = "acknowledged";
      alert.acknowledgements = [{ at, acknowledger: named(name) }];
    },
    /** A person resolves the alert in PagerDuty. */
    resolveBy: (key: string, name: string, at: string) => {
      const alert = open(key);
      if (alert === undefined) throw new Error(`no open alert ${key}`);
      Object.assign(alert, { status: "resolved", acknowledgements: [], changedBy: named(name), changedAt: at });
    },
  };
}

function invalid(errors: readonly string[]): VendorAnswer {
  return jsonAnswer(400, { status: "invalid event", message: "Event object is invalid", errors });
}
