import { gzipSync } from "node:zlib";
import { expect } from "@jest/globals";
import { MemoryIncidentState } from "../../alerting/incidents/memory-incident-state";
import { performTask } from "../../alerting/jobs/scheduled-tasks";
import { jsonLines } from "../../alerting/log";
import type { Message } from "../../alerting/messages/message";
import { alertRenderer } from "../../alerting/notices/alert-renderer";
import { incidentStep } from "../../alerting/notices/incident-step";
import { NO_LABELS } from "../../alerting/notices/labels";
import type { Notice } from "../../alerting/notices/notice";
import { rateLimitNotice } from "../../alerting/notices/rate-limit-notice";
import { Alerting } from "../../alerting/pipeline/alerting";
import { type MatchedBy, processMessages } from "../../alerting/pipeline/process-messages";
import type { Ports } from "../../alerting/ports";
import type { Tally } from "../../alerting/tally";
import { MemoryAlertState } from "../../alerting/windows/memory-alert-state";
import { NAMES } from "../../config/custom-detections/fixture-names";
import { catalogue } from "../../detection/catalogue/catalogue";
import type { Detection } from "../../detection/definition/detection";
import { wrapRecord } from "../../detection/events/envelope";
import { logFileScanner } from "../../detection/log-files/scan/log-file-scanner";
import { type EnabledDetections, enableDetections } from "../../detection/matching/enabled-detections";
import { matchedDetections } from "../../detection/matching/matched-detections";
import {
  type EnabledSuppressions,
  enableSuppressions,
  NO_SUPPRESSIONS,
} from "../../detection/suppressions/enabled-suppressions";
import type { Suppression } from "../../detection/suppressions/suppression";
import { unauthorizedDescribe } from "../detection/events/records";

export const LOG_FILE = "AWSLogs/111122223333/CloudTrail/us-east-1/2026/11/20/a.json.gz";
/** What the clock says when nobody says otherwise. */
export const NOW = Date.parse("2026-11-20T02:20:00Z");

export function enable(detections: readonly Detection[]): EnabledDetections {
  const throwing = (_: Detection, error: Error) => {
    throw error;
  };
  return enableDetections(detections, throwing, NAMES);
}

export function enableAll(
  suppressions: readonly Suppression[],
  detections: readonly Detection[] = catalogue,
): EnabledSuppressions {
  return enableSuppressions(suppressions, detections, NAMES, (id, reason) => {
    throw new Error(`${id}: ${reason}`);
  });
}

export const shipped = enable(catalogue);

export const logFile = (...records: readonly unknown[]) => gzipSync(JSON.stringify({ Records: records }));
export const delivery = (...keys: readonly unknown[]): Message => ({
  id: "m1",
  content: { kind: "delivery", objects: keys.map((key) => ({ bucket: "logs", key })) },
});
export const picked = (record = unauthorizedDescribe()): Message => ({
  id: "m2",
  content: { kind: "event", event: wrapRecord(record) },
});

/** Runs the pipeline over files in memory; what it publishes and logs is kept. */
export async function run(
  messages: readonly Message[],
  files: Readonly<Record<string, Uint8Array>> = {},
  { matchedBy, ...ports }: Partial<Ports> & { readonly matchedBy?: MatchedBy } = {},
  enabled = shipped,
  suppressions = NO_SUPPRESSIONS,
) {
  const published: Notice[] = [];
  const lines: string[] = [];
  const store = ports.store ?? new MemoryAlertState();
  const all: Ports = {
    fetchObject: async (bucket, key) => {
      const bytes = files[key];
      if (!bytes) throw new Error(`NoSuchKey: ${bucket}/${key}`);
      return bytes;
    },
    readLogFile: logFileScanner(enabled),
    performTask,
    publish: async (notice) => {
      published.push(notice);
    },
    store,
    incidents: new MemoryIncidentState(store),
    incidentMs: 3_600_000,
    log: jsonLines((line) => lines.push(line)),
    alerting: (...invocation) => new Alerting(...invocation),
    renderAlert: alertRenderer(NO_LABELS),
    renderStep: incidentStep,
    renderRateLimit: rateLimitNotice,
    remainingMs: () => 120_000,
    lease: () => ({ owner: "me", now: NOW, until: NOW + 120_000 }),
    account: "111122223333",
    region: "us-east-1",
    maxAlertsPerHour: 1_000,
    labels: NO_LABELS,
    publishedAfter: () => {},
    ...ports,
  };
  const { failures, tally } = await processMessages(
    messages,
    matchedBy ?? ((event) => matchedDetections(enabled, event)),
    all,
    suppressions,
  );
  const alerts = published.map(({ attributes, json }) => {
    return `${attributes.detection} ${json.kind === "alert" ? json.event.id.slice(0, 8) : undefined}`;
  });
  return { published, failures, failed: failures.map((failure) => failure !== undefined), tally, lines, alerts };
}

export function expectBalanced({ messages, objects, records, matches, suppressions }: Tally): void {
  expect(messages.received).toBe(messages.handled + messages.unrecognized + messages.failed);
  expect(objects.named).toBe(objects.read + objects.skipped + objects.unreadable + objects.postponed);
  expect(records.read).toBe(records.evaluated + records.processingErrors);
  const { made, ...outcomes } = matches;
  expect(matches.suppressed).toBe(Object.values(suppressions.by).reduce((sum, count) => sum + count, 0));
  expect(made).toBe(Object.values(outcomes).reduce((sum, count) => sum + count, 0));
}
