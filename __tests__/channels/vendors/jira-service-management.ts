import { type BodySchema, problemsOf } from "./body-schema";
import { failingVendor } from "./failing-vendor";
import { jsonAnswer, type VendorAnswer, type VendorRequest } from "./vendor";

/** https://docs.opsgenie.com/docs/alert-api, whose fields and limits Jira Service Management has taken over. */
const CREATE: BodySchema = {
  type: "object",
  required: ["message"],
  properties: {
    message: { type: "string", minLength: 1, maxLength: 130 },
    alias: { type: "string", minLength: 1, maxLength: 512 },
    description: { type: "string", maxLength: 15_000 },
    tags: { type: "array", maxItems: 20, items: { type: "string", minLength: 1, maxLength: 50 } },
    details: { type: "object", others: { type: "string" }, maxCharacters: 8_000 },
    entity: { type: "string", maxLength: 512 },
    source: { type: "string", maxLength: 100 },
    priority: { type: "string", enum: ["P1", "P2", "P3", "P4", "P5"] },
    user: { type: "string", maxLength: 100 },
    note: { type: "string", maxLength: 25_000 },
  },
};
const ACTION = {
  source: { type: "string", maxLength: 100 },
  user: { type: "string", maxLength: 100 },
  note: { type: "string", maxLength: 25_000 },
} as const satisfies Record<string, BodySchema>;
const NOTE: BodySchema = {
  type: "object",
  required: ["note"],
  properties: { ...ACTION, note: { type: "string", minLength: 1, maxLength: 25_000 } },
};

const HOSTS = ["api.atlassian.com", "api.opsgenie.com", "api.eu.opsgenie.com"];

export interface JiraAlert {
  readonly id: string;
  readonly alias: string;
  readonly message: string;
  readonly priority: string;
  readonly createdAt: string;
  updatedAt: string;
  status: "open" | "closed";
  acknowledged: boolean;
  owner: string;
  report?: { ackTime: number; acknowledgedBy: string };
  count: number;
  readonly notes: string[];
}

/** One integration of Jira Service Management, or of Opsgenie. Requests are processed at once. */
export function fakeJira(options: {
  readonly apiKey: string;
  readonly cloudId?: string;
  /** `email:token`. */
  readonly login?: string;
}) {
  const alerts: JiraAlert[] = [];
  const violations: string[] = [];
  /** What came of each request, by its id. */
  const requests = new Map<string, string>();
  const open = (alias: string) => alerts.find((alert) => alert.alias === alias && alert.status === "open");

  const accepted = (status: string): VendorAnswer => {
    const requestId = `request-${requests.size + 1}`;
    requests.set(requestId, status);
    return jsonAnswer(202, { result: "Request will be processed", took: 0.1, requestId });
  };

  const create = (text: string): VendorAnswer => {
    const body = JSON.parse(text) as { alias: string; message: string; priority: string };
    const problems = problemsOf(body, CREATE);
    violations.push(...problems);
    if (problems.length > 0) return unprocessable(problems);
    const found = open(body.alias);
    if (found !== undefined) {
      found.count++;
      return accepted("Deduplicated alert");
    }
    const createdAt = new Date(Date.UTC(2026, 10, 20, 2, alerts.length)).toISOString();
    const { alias, message, priority = "P3" } = body;
    const state = { status: "open", acknowledged: false, owner: "", count: 1, notes: [] } as const;
    const id = `alert-${alerts.length + 1}`;
    alerts.push({ ...state, id, alias, message, priority, createdAt, updatedAt: createdAt, notes: [] });
    return accepted("Created alert");
  };

  const act = (alias: string, action: string, text: string): VendorAnswer => {
    const body = JSON.parse(text) as { note?: string };
    const problems = problemsOf(body, action === "notes" ? NOTE : { type: "object", properties: ACTION });
    violations.push(...problems);
    if (problems.length > 0) return unprocessable(problems);
    const alert = open(alias);
    if (alert === undefined) return accepted("Alert does not exist");
    if (body.note !== undefined) alert.notes.push(body.note);
    if (action === "close") alert.status = "closed";
    if (action === "acknowledge") alert.acknowledged = true;
    return accepted(`${action} done`);
  };

  const handler = ({ method, host, path: pathAndQuery, headers, body }: VendorRequest): VendorAnswer => {
    const address = new URL(`https://${host}${pathAndQuery}`);
    const path = address.pathname.replace("/jsm/ops/integration", "");
    if (path === `/jsm/ops/api/${options.cloudId}/v1/alerts/alias` && method === "GET") {
      const login = `Basic ${Buffer.from(options.login ?? "").toString("base64")}`;
      if (options.login === undefined || headers.authorization !== login)
        return jsonAnswer(401, { message: "Unauthorized" });
      const alert = open(address.searchParams.get("alias") ?? "");
      const { report: _, ...shown } = alert ?? {};
      return alert === undefined ? jsonAnswer(404, { message: "Alert not found" }) : jsonAnswer(200, shown);
    }
    if (headers.authorization !== `GenieKey ${options.apiKey}`) {
      return jsonAnswer(401, { message: "Could not authenticate", took: 0.001, requestId: "request-0" });
    }
    if (path === "/v2/alerts" && method === "POST") return create(body);
    const [, alias = "", action] = /^\/v2\/alerts\/([^/]+)(?:\/(\w+))?$/.exec(path) ?? [];
    const byAlias = address.searchParams.get("identifierType") === "alias";
    if (!byAlias || alias === "") return jsonAnswer(404, { message: "Not found" });
    if (method === "POST" && ["notes", "close", "acknowledge"].includes(action ?? "")) {
      return act(decodeURIComponent(alias), action ?? "", body);
    }
    const alert = open(decodeURIComponent(alias));
    // Jira Service Management's own integrations cannot read alerts; Opsgenie's can.
    if (method !== "GET" || address.host === "api.atlassian.com") return jsonAnswer(405, { message: "Not allowed" });
    return alert === undefined ? jsonAnswer(404, { message: "Alert not found" }) : jsonAnswer(200, { data: alert });
  };

  return {
    ...failingVendor(HOSTS, violations, handler),
    alerts,
    requests,
    /** A person acknowledges the open alert, so many milliseconds after it was created. */
    acknowledgeBy: (alias: string, name: string, after: number) => {
      const alert = open(alias);
      if (alert === undefined) throw new Error(`no open alert ${alias}`);
      const updatedAt = new Date(Date.parse(alert.createdAt) + after).toISOString();
      Object.assign(alert, {
        acknowledged: true,
        owner: name,
        updatedAt,
        report: { ackTime: after, acknowledgedBy: name },
      });
    },
    /** A person closes the open alert. */
    closeBy: (alias: string) => {
      const alert = open(alias);
      if (alert === undefined) throw new Error(`no open alert ${alias}`);
      alert.status = "closed";
    },
  };
}

function unprocessable(problems: readonly string[]): VendorAnswer {
  const message = "Request body is not processable. Please check the errors.";
  return jsonAnswer(422, { message, errors: { body: problems.join("; ") }, took: 0.001, requestId: "request-0" });
}
