import { describe, expect, test } from "@jest/globals";
import { compare } from "../../../../cli/replay/compare/compare";
import { comparisonJson } from "../../../../cli/replay/compare/json";
import { comparisonMarkdown } from "../../../../cli/replay/compare/markdown";
import { comparisonText } from "../../../../cli/replay/compare/text";
import { jsonLines } from "../../../../cli/replay/output/json";
import { PLAIN } from "../../../../cli/replay/output/paint";
import { problemLines } from "../../../../cli/replay/output/problems";
import { textLines } from "../../../../cli/replay/output/text";
import type { ReplayResult } from "../../../../cli/replay/replay-result";
import { catalogue } from "../../../../lambda-src/detections/catalogue";
import { unauthorizedDescribe } from "../../../lambda-src/records";
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

describe("what comes from logs", () => {
  test("reaches no output with control characters or line breaks in it", async () => {
    const of = await hostile();
    const changed = compare(result(), of);
    const outputs = {
      text: [...textLines(of, PLAIN)],
      json: [...jsonLines(of)],
      problems: [...problemLines(of)],
      changeText: [...comparisonText(changed, PLAIN)],
      changeJson: [...comparisonJson(changed)],
      changeMarkdown: [...comparisonMarkdown(changed)],
    };

    expect(of.alerts.length).toBeGreaterThan(1);
    expect(of.files.unreadable).toHaveLength(1);
    expect(of.records.findings).toBe(2);
    for (const [name, lines] of Object.entries(outputs)) {
      expect(lines.length).toBeGreaterThan(0);
      expect([name, lines.filter((line) => /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(line))]).toEqual([name, []]);
    }
  });
});
