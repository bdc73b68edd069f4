import type { ReplayAlert } from "../result/replay-result";

/** The fields of an alert that the page shows, in the order in which a search goes through them. */
export const FIELDS = [
  "detection",
  "title",
  "severity",
  "tier",
  "eventTime",
  "eventSource",
  "eventName",
  "actor",
  "principal",
  "account",
  "region",
  "sourceIPAddress",
  "userAgent",
  "accessKeyId",
  "outcome",
  "errorCode",
  "errorMessage",
  "target",
  "requestParameters",
  "responseElements",
  "alsoMatched",
  "incident",
  "incidentPlace",
  "eventID",
  "file",
] as const satisfies readonly (keyof ReplayAlert | "incidentPlace")[];

export type Field = (typeof FIELDS)[number];

/** One field of all alerts: each text once, and for each alert which of them it has. */
export interface Column {
  readonly values: readonly string[];
  readonly rows: readonly number[];
}

/**
 * The alerts as the page's script gets them. By column, because most fields have few different texts: 50,000 alerts
 * take a fifth of the bytes, a filter compares numbers, and a search looks at each text once.
 */
export interface EmbeddedData {
  readonly alerts: number;
  readonly columns: Readonly<Record<Field, Column>>;
}

export function embeddedData(alerts: readonly ReplayAlert[]): EmbeddedData {
  const columns = FIELDS.map((field) => [field, column(alerts.map((alert) => textOf(alert, field)))]);
  return { alerts: alerts.length, columns: Object.fromEntries(columns) as Record<Field, Column> };
}

function textOf(alert: ReplayAlert, field: Field): string {
  switch (field) {
    case "alsoMatched":
      return alert.alsoMatched.join(", ");
    case "incident":
      return alert.incident?.id ?? "";
    case "incidentPlace":
      return placeInWords(alert.incident);
    default:
      return alert[field];
  }
}

function placeInWords(incident: ReplayAlert["incident"]): string {
  if (incident === undefined) return "";
  const rises = incident.nowSucceeded ? "now succeeded" : "more severe than before";
  return { opens: "first alert", rises, update: `update ${incident.number}` }[incident.role];
}

function column(texts: readonly string[]): Column {
  const positions = new Map<string, number>();
  const rows = texts.map((text) => {
    const position = positions.get(text) ?? positions.size;
    positions.set(text, position);
    return position;
  });
  return { values: [...positions.keys()], rows };
}
