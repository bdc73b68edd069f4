import { describe, expect, test } from "@jest/globals";
import { compare } from "../../../../cli/replay/compare/compare";
import { comparisonJson } from "../../../../cli/replay/compare/json";
import { comparisonMarkdown } from "../../../../cli/replay/compare/markdown";
import { comparisonText } from "../../../../cli/replay/compare/text";
import { jsonLines } from "../../../../cli/replay/output/json";
import { PLAIN } from "../../../../cli/replay/output/paint";
import { problemLines } from "../../../../cli/replay/output/problems";
import { textLines } from "../../../../cli/replay/output/text";
import type { ReplayResult } from "../../../../cli/replay/result/replay-result";
import { catalogue } from "../../../../detection/catalogue/catalogue";
import type { Detection } from "../../../../detection/definition/detection";
import { unauthorizedDescribe } from "../../../detection/events/records";
import { plan, setup, told } from "../logs";
import { result } from "../results";

/** Moves the cursor, sets the window's title, begins a line, turns the direction of writing. */
const HOSTILE = "\u001b[2J\u001b]0;owned\u0007\r\n\u009b31m\u202e\u2028";

async function hostile(): Promise<ReplayResult> {
  const texts = { sourceIPAddress: HOSTILE, awsRegion: HOSTILE, errorMessage: HOSTILE, userAgent: HOSTILE };
  const record = unauthorizedDescribe({
    ...texts,
    userIdentity: { type: "IAMUser", userName: HOSTILE, accountId: HOSTILE },
    requestParameters: { [HOSTILE]: HOSTILE },
    recipientAccountId: HOSTILE,
    eventID: HOSTILE,
  });
  return told(
    {
      "a\u001b[31m\n.json.gz": [
        record,
        { ...record, eventName: "Other", eventTime: HOSTILE },
        HOSTILE,
        { eventSource: HOSTILE },
      ],
      "b\u001b[31m\n.json.gz": new Uint8Array([0x1f, 0x8b, 0]),
    },
    plan(setup(catalogue)),
  );
}

/** A configuration may come from a pull request. */
function configured(): Promise<ReplayResult> {
  const refused = catalogue.find(({ id }) => id === "unauthorized-ec2-call") as Detection;
  const own = { ...refused, id: "mine", title: HOSTILE };
  const pattern = { detail: { eventName: ["DescribeInstances"] } };
  const ids = { id: "known", detections: [refused.id] };
  // A line break is refused before.
  const reason = HOSTILE.replace("\r\n", "");
  const suppression = { ...ids, pattern, owner: "somebody", reason, expires: "2026-12-31" };
  return told({ "a.json.gz": [unauthorizedDescribe()] }, plan(setup([own, refused], [suppression])));
}

describe("what comes from logs", () => {
  test("reaches no output with control characters or line breaks in it", async () => {
    const of = await hostile();
    const outputs = outputsOf(of);

    expect(of.alerts.length).toBeGreaterThan(1);
    expect(of.files.unreadable).toHaveLength(1);
    expect(of.records.processingErrors).toBe(2);
    for (const [name, lines] of Object.entries({ ...outputs, problems: [...problemLines(of)] })) {
      expect([name, lines.length > 0, lines.filter(isSpoiled)]).toEqual([name, true, []]);
    }
  });
});

describe("what comes from a configuration", () => {
  test("reaches no output with control characters or line breaks in it", async () => {
    const of = await configured();

    expect([of.alerts.length, of.suppressions.length]).toEqual([1, 1]);
    for (const [name, lines] of Object.entries(outputsOf(of))) {
      expect([name, lines.length > 0, lines.filter(isSpoiled)]).toEqual([name, true, []]);
    }
  });
});

function outputsOf(of: ReplayResult): Readonly<Record<string, readonly string[]>> {
  const changed = compare(result(), of);
  return {
    text: [...textLines(of, PLAIN)],
    json: [...jsonLines(of)],
    changeText: [...comparisonText(changed, PLAIN)],
    changeJson: [...comparisonJson(changed)],
    changeMarkdown: [...comparisonMarkdown(changed)],
  };
}

function isSpoiled(line: string): boolean {
  return /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(line);
}
