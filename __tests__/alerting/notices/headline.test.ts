import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type AlertContext, buildAlert } from "../../../alerting/notices/alert";
import { emailSubject, smsText } from "../../../alerting/notices/headline";
import type { Labels } from "../../../alerting/notices/labels";
import type { CloudTrailRecord } from "../../../detection/events/cloudtrail-record";
import { wrapRecord } from "../../../detection/events/envelope";
import { anyCharacter } from "../../any-character";
import { sso } from "../../detection/events/callers";
import { unauthorizedDescribe } from "../../detection/events/records";
import { propertyRuns } from "../../property-runs";
import { detectionNamed } from "./notices";

const detection = detectionNamed("access-key-for-other-user");
const PROD: Labels = { accountNames: { "111122223333": "prod", "444455556666": "staging" } };
const { errorCode, errorMessage, ...succeeded } = unauthorizedDescribe();
const createKey = (overrides: object = {}): CloudTrailRecord => ({
  ...succeeded,
  eventSource: "iam.amazonaws.com",
  eventName: "CreateAccessKey",
  requestParameters: { userName: "bob" },
  responseElements: { accessKey: { accessKeyId: "AKIAEXAMPLENEW000001" } },
  ...overrides,
});
const alertOf = (record = createKey(), context: AlertContext = {}, title = detection.title) =>
  buildAlert({ ...detection, title }, wrapRecord(record), "event", undefined, undefined, undefined, context);
const place = (role: "opens" | "rises" | "update", number: number): AlertContext => ({
  incident: { id: "0123456789abcdef-20261120T020000Z", startedAt: Date.UTC(2026, 10, 20, 2), number, role },
});
const LONGEST_CALL = "DeleteModelInvocationLoggingConfiguration";

describe("emailSubject", () => {
  test.each([
    [createKey(), "[HIGH] CreateAccessKey succeeded by alice in prod: Access key created for another user"],
    [
      createKey({ errorCode: "AccessDenied" }),
      "[HIGH] CreateAccessKey denied by alice in prod: Access key created for another user",
    ],
    [
      createKey({ errorCode: "LimitExceededException" }),
      "[HIGH] CreateAccessKey failed by alice in prod: Access key created for another user",
    ],
    [
      createKey({ userIdentity: sso("ann@example.com") }),
      "[HIGH] CreateAccessKey succeeded by ann@example.com (Administrator) in prod: Access key created...",
    ],
  ])("says severity, call, outcome, who and account, then the title", (record, subject) => {
    expect(emailSubject(alertOf(record), PROD)).toBe(subject);
  });

  test.each([
    [place("opens", 1), "[HIGH] CreateAccessKey succeeded by alice in prod: Access key"],
    [place("rises", 3), "[HIGH] CreateAccessKey succeeded by alice in prod: Access key"],
    [place("update", 3), "[HIGH] Update 3: CreateAccessKey succeeded by alice in prod: Access key"],
    [{ followsUrgent: true }, "[HIGH] Details: CreateAccessKey succeeded by alice in prod: Access key"],
    [{ ...place("update", 3), followsUrgent: true }, "[HIGH] Details: CreateAccessKey succeeded by alice in prod:"],
  ])("marks what was sent before: %j", (context, beginning) => {
    expect(emailSubject(alertOf(createKey(), context), PROD).startsWith(beginning)).toBe(true);
  });

  test("leaves a title out rather than show a piece of a word", () => {
    const record = createKey({ eventName: LONGEST_CALL, userIdentity: sso("ann@example.com") });

    expect(emailSubject(alertOf(record, {}, "Extraordinarily long words"), PROD)).toBe(
      `[HIGH] ${LONGEST_CALL} succeeded by ann@... (Administrator) in prod`,
    );
  });

  test("drops the domain, then the session, before a character of who it was", () => {
    const record = (userIdentity: object) => createKey({ eventName: LONGEST_CALL, userIdentity });
    const role = (session: string) => ({
      type: "AssumedRole",
      arn: `arn:aws:sts::111122223333:assumed-role/deployment/${session}`,
    });
    const subject = (userIdentity: object) => emailSubject(alertOf(record(userIdentity)), PROD);

    expect(subject(sso("maximilian.mustermann@subsidiary.example.com"))).toBe(
      `[HIGH] ${LONGEST_CALL} succeeded by maximilian.musterman... (SSO) in prod`,
    );
    expect(subject(role("ann@example.com"))).toBe(
      `[HIGH] ${LONGEST_CALL} succeeded by deployment/ann@example.com in prod`,
    );
    expect(subject(role("github-actions-run-1234567890"))).toBe(
      `[HIGH] ${LONGEST_CALL} succeeded by role deployment in prod: Access...`,
    );
  });

  test("cuts an account's long name before it cuts who it was", () => {
    const labels = { accountNames: { "111122223333": "production-europe-payments" } };
    const record = createKey({ eventName: "UpdateAccountPasswordPolicyOfAll", userIdentity: sso("ann@example.com") });

    expect(emailSubject(alertOf(record, place("update", 12)), labels)).toBe(
      "[HIGH] Update 12: UpdateAccountPasswordPolicyOfAll succeeded by ann@... (SSO) in production-euro...",
    );
  });

  test("names an unknown caller where role and session are of accents alone", () => {
    const arn = "arn:aws:sts::111122223333:assumed-role/\u0300/\u0301";
    const record = createKey({ userIdentity: { type: "AssumedRole", arn } });

    expect(emailSubject(alertOf(record))).toMatch(/ by unknown caller in 111122223333: /);
  });

  test("is less than 100 printable ASCII characters and keeps what matters, whatever the record and the labels", () => {
    const text = fc.string({ unit: anyCharacter, minLength: 1, maxLength: 150 });
    fc.assert(
      fc.property(text, text, text, fc.option(text), fc.nat(9_999), (eventName, userName, session, name, number) => {
        const arn = `arn:aws:sts::111122223333:assumed-role/${userName}/${session}`;
        const record = createKey({ eventName, userIdentity: { type: "AssumedRole", arn } });
        const labels = name === null ? { accountNames: {} } : { accountNames: { "111122223333": name } };
        const subject = emailSubject({ ...alertOf(record, place("update", number)), severity: "critical" }, labels);

        expect(subject).toMatch(/^\[CRITICAL\] Update \d+: [ -~]{1,60} succeeded by [ -~]{2,60} in [ -~]+$/);
        expect(subject.length).toBeLessThanOrEqual(99);
        if (name === null) expect(subject).toContain(" in 111122223333");
      }),
      { numRuns: propertyRuns(2_000), examples: [["🔥".repeat(200), "x", "y", null, 9_999]] },
    );
  });
});

describe("smsText", () => {
  test.each<[CloudTrailRecord, AlertContext, string]>([
    [
      createKey(),
      {},
      "HIGH CreateAccessKey succeeded by alice in prod eu-west-1 02:12Z: access key AKIAEXAMPLENEW000001 for user bob",
    ],
    [
      createKey({ userIdentity: sso("ann@example.com") }),
      place("update", 3),
      "HIGH upd 3 CreateAccessKey succeeded by ann@example.com (Administrator) in prod eu-west-1 02:12Z: access key AKIAEXAMPLENEW000001 for...",
    ],
    [
      createKey({ eventName: "GetCallerIdentity", eventSource: "sts.amazonaws.com", requestParameters: null }),
      { followsUrgent: true },
      "HIGH details GetCallerIdentity succeeded by alice in prod eu-west-1 02:12Z: Access key created for another user",
    ],
  ])("says it all in one message", (record, context, sms) => {
    expect(smsText(alertOf(record, context), PROD)).toBe(sms);
  });

  test("never grows beyond 140 bytes of ASCII, and keeps account, region and time", () => {
    const text = fc.string({ unit: anyCharacter, maxLength: 200 });
    fc.assert(
      fc.property(text, text, text, (userName, eventName, title) => {
        const record = createKey({ userIdentity: { type: "IAMUser", userName }, eventName, requestParameters: null });
        const sms = smsText(alertOf(record, place("update", 12), title));

        expect(sms).toMatch(/^HIGH upd 12 [ -~]{1,128}$/);
        expect(sms).toContain(" in 111122223333 eu-west-1 02:12Z");
      }),
      { numRuns: propertyRuns(2_000), examples: [["é".repeat(200), "🔥".repeat(200), ""]] },
    );
  });
});
