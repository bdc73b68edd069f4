import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { buildAlert } from "../../../alerting/notices/alert";
import { alertJson } from "../../../alerting/notices/alert-json";
import { alertNotice, emailText } from "../../../alerting/notices/alert-notice";
import { smsText } from "../../../alerting/notices/headline";
import { NO_LABELS } from "../../../alerting/notices/labels";
import { fillIn } from "../../../alerting/notices/runbook";
import { windowOf } from "../../../alerting/windows/window";
import type { CloudTrailRecord } from "../../../detection/events/cloudtrail-record";
import { wrapRecord } from "../../../detection/events/envelope";
import { ascii, counted, cut, oneLine, parseTime } from "../../../detection/events/text";
import { anyCharacter } from "../../any-character";
import { unauthorizedDescribe } from "../../detection/events/records";
import { detectionNamed, HOSTILE, unwrapped } from "./notices";

const detection = detectionNamed("unauthorized-ec2-call");
const alertOf = (record: CloudTrailRecord) => buildAlert(detection, wrapRecord(record), "event");

describe("alertNotice", () => {
  test("has the alert's words for every channel, and what subscribers filter on", () => {
    const alert = alertOf(unauthorizedDescribe());

    expect(alertNotice(alert)).toEqual({
      subject: "[MEDIUM] DescribeInstances denied by alice in 111122223333: EC2 access denied",
      email: emailText(alert),
      sms: smsText(alert),
      json: alertJson(alert, NO_LABELS),
      attributes: {
        kind: "alert",
        severity: "medium",
        detection: "unauthorized-ec2-call",
        account: "111122223333",
        region: "eu-west-1",
      },
    });
  });
});

describe("emailText", () => {
  test("says of a detection that counts how many came together, and when", () => {
    const counting = { ...detection, count: { threshold: 5, minutes: 15 } };
    const event = wrapRecord(unauthorizedDescribe());
    const text = unwrapped(emailText(buildAlert(counting, event, "log", windowOf(counting, event))));

    expect(text).toContain(
      "\nCount    5 or more between 2026-11-20T02:00:00Z (UTC) and 2026-11-20T02:15:00Z (UTC); this is one of them\n",
    );
    expect(emailText(buildAlert(detection, event, "log", windowOf(detection, event)))).not.toContain("\nCount ");
    expect(
      unwrapped(
        emailText(buildAlert(counting, event, "log", windowOf(counting, event)), {
          accountNames: {},
          timeZone: "Asia/Tokyo",
        }),
      ),
    ).toContain("2026-11-20T02:15:00Z (UTC), 2026-11-20 11:15:00 Asia/Tokyo; this is one of them\n");
  });

  test("has no line twice", () => {
    const lines = emailText(alertOf(unauthorizedDescribe()))
      .split("\n")
      .filter((line) => line !== "");

    expect(new Set(lines).size).toBe(lines.length);
  });

  test("tells what, who, whence, where, when, why and what to do", () => {
    const text = emailText(alertOf(unauthorizedDescribe())).replace(/\n *(?=\S)/g, " ");

    for (const part of [
      "MEDIUM: EC2 access denied",
      "Outcome  denied: Client.UnauthorizedOperation You are not authorized to perform this operation.",
      "What     DescribeInstances (ec2.amazonaws.com)",
      "IAM user alice (account 111122223333)",
      "AKIAEXAMPLEALICE001",
      "203.0.113.77",
      "111122223333",
      "eu-west-1",
      "2026-11-20T02:12:31Z (UTC)",
      "5a4e1c93-7b1d-4f0e-9a55-0c2f6d1e8b33",
      detection.why,
      detection.runbook.check,
      "--region eu-west-1 --lookup-attributes AttributeKey=AccessKeyId,AttributeValue=AKIAEXAMPLEALICE001",
      "https://eu-west-1.console.aws.amazon.com/cloudtrailv2/home?region=eu-west-1#/events/5a4e1c93-7b1d-4f0e-9a55-0c2f6d1e8b33",
    ]) {
      expect(text).toContain(part);
    }
  });

  test("lets a record add no line, however it is written", () => {
    // Lines that go on are indented: a record's text begins none.
    const beginnings = (text: string) =>
      text.split("\n").flatMap((line) => (line.startsWith(" ") ? [] : [line.slice(0, 9)]));
    const unlike = { userIdentity: { type: "unlike any", userName: "x", accessKeyId: "x" }, awsRegion: "x" };
    const plain = beginnings(emailText(alertOf(unauthorizedDescribe(unlike))));
    const hostile = HOSTILE;

    const text = emailText(
      alertOf(
        unauthorizedDescribe({
          userAgent: hostile,
          errorMessage: hostile,
          eventName: hostile,
          sourceIPAddress: hostile,
          eventID: hostile,
          awsRegion: hostile,
          requestParameters: { a: hostile },
          userIdentity: { type: hostile, userName: hostile, accessKeyId: hostile },
        }),
      ),
    );

    expect(beginnings(text)).toEqual(plain);
    for (const character of ["\r", "\0", "\u2028", "\u202e"]) expect(text).not.toContain(character);
  });

  test("stays short for a record of five megabytes", () => {
    const text = emailText(alertOf(unauthorizedDescribe({ requestParameters: { blob: "x".repeat(5_000_000) } })));

    expect(text.length).toBeLessThan(5_000);
  });

  test("says success where there is no errorCode, and names resources by ARN", () => {
    const alert = alertOf(
      unauthorizedDescribe({
        errorCode: undefined,
        errorMessage: undefined,
        resources: [{ ARN: "arn:aws:s3:::one" }, { type: "x" }, 7, { ARN: "arn:aws:s3:::two" }],
      }),
    );

    expect(alert.outcome).toBe("succeeded");
    expect(alert.target).toBe("arn:aws:s3:::one, arn:aws:s3:::two");
  });

  test.each([
    ["cn-north-1", "https://cn-north-1.console.amazonaws.cn/"],
    ["us-gov-west-1", "https://us-gov-west-1.console.amazonaws-us-gov.com/"],
    ["eusc-de-east-1", "https://eusc-de-east-1.console.amazonaws-eusc.eu/"],
    ["us-iso-east-1", "event history of us-iso-east-1, event 5a4e1c93-"],
    ["../../evil", "https://console.aws.amazon.com/cloudtrailv2/home#/events/5a4e1c93-"],
  ])("links %s to its own console", (awsRegion, start) => {
    expect(alertOf(unauthorizedDescribe({ awsRegion })).link.startsWith(start)).toBe(true);
  });
});

describe("fillIn", () => {
  test("puts the record's own names into a command", () => {
    const line =
      "aws iam update-access-key --user-name <userName> --access-key-id <accessKeyId> in <awsRegion> <eventID>";

    expect(fillIn(line, unauthorizedDescribe())).toBe(
      "aws iam update-access-key --user-name alice --access-key-id AKIAEXAMPLEALICE001 in eu-west-1 5a4e1c93-7b1d-4f0e-9a55-0c2f6d1e8b33",
    );
  });

  test.each(["x; rm -rf /", "$(reboot)", "`id`", "a b", "--profile", "", 'a"b', "a\nb", "x".repeat(200)])(
    "leaves the placeholder rather than hand %j to a shell",
    (userName) => {
      expect(fillIn("--user-name <userName>", unauthorizedDescribe({ userIdentity: { userName } }))).toBe(
        "--user-name <userName>",
      );
    },
  );

  test("leaves other words in angle brackets alone", () => {
    expect(fillIn("<name> <toString> <constructor>", unauthorizedDescribe())).toBe("<name> <toString> <constructor>");
  });
});

describe("oneLine", () => {
  test("is one line within its length, whatever it is given", () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), fc.integer({ min: 1, max: 50 }), (text, maximum) => {
        const line = oneLine(text, maximum);

        expect(Array.from(line).length).toBeLessThanOrEqual(maximum);
        expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
      }),
    );
  });

  test("marks where it cut", () => {
    expect(oneLine("abcdef", 4)).toBe("abc…");
  });
});

describe("ascii", () => {
  test("drops accents and marks what it can't write", () => {
    expect(ascii("Zoë … 東京")).toBe("Zoe ... ??");
    expect(ascii("×3 – it’s “done”—now")).toBe('x3 - it\'s "done"-now');
    expect(ascii("a\nb\u202e🔥")).toBe("a?b???");
  });
});

describe("cut", () => {
  test.each([
    ["abcdef", 6, "abcdef"],
    ["abcdef", 4, "abc…"],
    ["ab🔥cd", 4, "ab…"],
    ["ab🔥cd", 5, "ab🔥…"],
  ])("cuts %j at %d", (text, maximum, shorter) => {
    expect(cut(text, maximum)).toBe(shorter);
  });
});

test.each([
  [0, "0 alerts"],
  [1, "1 alert"],
  [2, "2 alerts"],
])("counted(%d)", (count, text) => {
  expect(counted(count, "alert")).toBe(text);
});

describe("parseTime", () => {
  test("reads what CloudTrail writes, and nothing that depends on who reads it", () => {
    expect(parseTime("2026-11-20T02:12:31Z")).toBe(Date.UTC(2026, 10, 20, 2, 12, 31));
    expect(parseTime("2026-11-20T02:12:31")).toBeUndefined();
    expect(parseTime("20 Nov 2026")).toBeUndefined();
    expect(parseTime("2026-99-99T02:12:31Z")).toBeUndefined();
  });
});
