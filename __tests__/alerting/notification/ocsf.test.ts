import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { buildAlert } from "../../../alerting/notices/alert";
import { alertJson } from "../../../alerting/notices/alert-json";
import { NO_LABELS } from "../../../alerting/notices/labels";
import { summaryNotice } from "../../../alerting/notices/summary";
import type { AlertNotification, SummaryNotification } from "../../../alerting/notification/notification";
import { ocsfFinding } from "../../../alerting/notification/ocsf";
import type { Member } from "../../../alerting/windows/alert-state";
import { catalogue } from "../../../detection/catalogue/catalogue";
import type { CloudTrailRecord } from "../../../detection/events/cloudtrail-record";
import { wrapRecord } from "../../../detection/events/envelope";
import { unauthorizedDescribe } from "../../detection/events/records";
import { REPOSITORY } from "../../repository";
import { closingWindow, detectionNamed, grouped, totalsOf } from "../notices/notices";
import { isFinding, validFinding } from "./ocsf-schema";
import { WHOLE_EXAMPLES } from "./whole-examples";

const FIXTURES = join(REPOSITORY, "__tests__/fixtures");
const NOW = Date.parse("2026-11-20T02:15:00Z");
const CONTEXT = { version: "0.1.0", now: NOW };

const findingOf = (notification: AlertNotification | SummaryNotification) =>
  validFinding(ocsfFinding(notification, CONTEXT));

const alertOf = (record: CloudTrailRecord, id = "unauthorized-ec2-call") =>
  alertJson(buildAlert(detectionNamed(id), wrapRecord(record), "event"), NO_LABELS);

describe("an alert", () => {
  test("creates a finding with what was called, by whom, from where, and what was answered", () => {
    const requestParameters = { instancesSet: {} };
    const record = unauthorizedDescribe({ requestParameters });

    expect(findingOf(alertOf(record))).toMatchObject({
      ...{ activity_id: 1, category_uid: 2, class_uid: 2004, type_uid: 200_401, severity_id: 3, status_id: 1 },
      ...{ time: NOW, is_alert: true, start_time: Date.parse("2026-11-20T02:12:31Z") },
      metadata: {
        version: "1.6.0",
        product: { name: "trailwarden", version: "0.1.0" },
        uid: `unauthorized-ec2-call/111122223333/${record.eventID}`,
      },
      cloud: { provider: "AWS", account: { uid: "111122223333" }, region: "eu-west-1" },
      finding_info: {
        uid: `unauthorized-ec2-call/111122223333/${record.eventID}`,
        title: "EC2 access denied",
        created_time: NOW,
        analytic: { uid: "unauthorized-ec2-call", type_id: 1 },
        attacks: [{ tactic: { name: "Discovery", uid: "TA0007" }, technique: { uid: "T1580" } }],
        related_events: [{ uid: record.eventID }],
      },
      evidences: [
        {
          actor: {
            user: { uid: "arn:aws:iam::111122223333:user/alice", type_id: 1, account: { uid: "111122223333" } },
            session: { credential_uid: "AKIAEXAMPLEALICE001" },
          },
          api: {
            operation: "DescribeInstances",
            service: { name: "ec2.amazonaws.com" },
            request: { uid: record.requestID, data: requestParameters },
            response: { error: "Client.UnauthorizedOperation", message: "denied" },
          },
          src_endpoint: { ip: "203.0.113.77" },
        },
      ],
    });
  });

  test("of a technique with a sub-technique names both, and every tactic of the catalogue has its id", () => {
    const attacks = catalogue.flatMap(({ id, attack }) =>
      attack ? [findingOf(alertOf(unauthorizedDescribe(), id))] : [],
    );

    expect(attacks.length).toBeGreaterThan(50);
    for (const { finding_info } of attacks) {
      const [{ tactic, technique, sub_technique }] = finding_info.attacks;
      expect(tactic.uid).toMatch(/^TA00\d\d$/);
      expect(technique.uid).toMatch(/^T\d{4}$/);
      if (sub_technique) expect(sub_technique.uid).toMatch(new RegExp(`^${technique.uid}\\.\\d{3}$`));
    }
    expect(attacks.some(({ finding_info }) => finding_info.attacks[0].sub_technique)).toBe(true);
  });

  test.each([
    ["203.0.113.7", { ip: "203.0.113.7" }],
    ["2001:db8::1", { ip: "2001:db8::1" }],
    ["cloudformation.amazonaws.com", { svc_name: "cloudformation.amazonaws.com" }],
    ["AWS Internal", { name: "AWS Internal" }],
    ["1.2.3.4, 5.6.7.8", { name: "1.2.3.4, 5.6.7.8" }],
  ])("from %s has it as what it is", (sourceIPAddress, endpoint) => {
    expect(findingOf(alertOf(unauthorizedDescribe({ sourceIPAddress }))).evidences[0].src_endpoint).toEqual(endpoint);
  });

  test("of an incident has the incident's id to correlate by; a shortened one says that it is truncated", () => {
    const [whole] = WHOLE_EXAMPLES as readonly [AlertNotification];

    expect(findingOf(whole)).toMatchObject({
      metadata: { correlation_uid: "i", is_truncated: true },
      finding_info: { related_analytics: [{ uid: "data-destroyed" }], src_url: "https://example.com/" },
      evidences: [{ actor: { session: { uid: "ann", is_mfa: false, issuer: "arn:aws:iam::111122223333:role/ops" } } }],
      resources: [{ uid: "arn:aws:s3:::data", type: "AWS::S3::Bucket", owner: { account: { uid: "111122223333" } } }],
    });
  });

  test("is one by OCSF's schema, whatever detection and record", () => {
    for (const { id } of catalogue) {
      const { cases } = JSON.parse(readFileSync(join(FIXTURES, "detections", `${id}.json`), "utf8")) as {
        readonly cases: readonly { readonly record: CloudTrailRecord }[];
      };
      for (const { record } of cases) findingOf(alertOf(record, id));
    }
    const odd = fc.dictionary(fc.constantFrom(...Object.keys(unauthorizedDescribe()), "resources"), fc.jsonValue());
    fc.assert(
      fc.property(odd, ({ eventName: _, eventSource: __, ...fields }) => {
        findingOf(alertOf(unauthorizedDescribe(fields)));
      }),
    );
  });
});

describe("a summary", () => {
  const [first, ...rest] = grouped(4);
  const jsonOf = (...members: ReturnType<typeof grouped>) =>
    summaryNotice(closingWindow(), totalsOf(...members), "111122223333").json as SummaryNotification;

  test("updates the finding of its window's alert", () => {
    const summary = jsonOf({ ...(first as Member), ending: "published" }, ...rest);

    expect(findingOf(summary)).toMatchObject({
      ...{ activity_id: 2, type_uid: 200_402, is_alert: false, count: 3 },
      finding_info: { uid: "unauthorized-calls/e0", related_events_count: 3 },
      metadata: { uid: summary.id },
    });
  });

  test("creates one where the rate limit held the alert back", () => {
    const summary = jsonOf(...rest.map((member) => ({ ...member, ending: "rateLimited" as const })));

    expect(findingOf(summary)).toMatchObject({
      ...{ activity_id: 1, is_alert: true, count: 3 },
      finding_info: { uid: summary.id },
    });
  });
});

test("the schema refuses what OCSF would: a required attribute that is absent, an enum's unknown value, no artifact at all", () => {
  const finding = ocsfFinding(alertOf(unauthorizedDescribe()), CONTEXT);
  const refused = [
    { ...finding, finding_info: undefined },
    { ...finding, severity_id: 7 },
    { ...finding, evidences: [{ uid: "1" }] },
    { ...finding, time: "2026-11-20T02:15:00Z" },
    { ...finding, surplus: 1 },
  ].map(isFinding);

  expect(refused).toEqual([false, false, false, false, false]);
});
