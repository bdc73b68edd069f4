import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { shownName } from "../../../alerting/accounts/known-account";
import { cardOf } from "../../../alerting/channels/card-of";
import { parseNotification } from "../../../alerting/delivery/parse-notification";
import { buildAlert } from "../../../alerting/notices/alert";
import { alertNotice } from "../../../alerting/notices/alert-notice";
import { digestNotice } from "../../../alerting/notices/digest";
import type { Labels } from "../../../alerting/notices/labels";
import { SMS_BYTES, SUBJECT_LENGTH } from "../../../alerting/notices/notice";
import { rateLimitNotice } from "../../../alerting/notices/rate-limit-notice";
import { summaryNotice } from "../../../alerting/notices/summary";
import { wrapRecord } from "../../../detection/events/envelope";
import type { JsonObject } from "../../../detection/events/json";
import { anyCharacter } from "../../any-character";
import { unauthorizedDescribe } from "../../detection/events/records";
import { propertyRuns } from "../../property-runs";
import { closingWindow, detectionNamed, grouped, totalsOf } from "../notices/notices";
import { expectValid } from "../notification/alert-schema";

const ACCOUNT = "111122223333";
const anyName = fc.oneof(
  fc.string({ unit: anyCharacter, maxLength: 200 }),
  fc.constantFrom(
    "<!channel> *b* `c`",
    "a\r\nBcc: x@example.com",
    "444455556666",
    "\u202eprod",
    "  ",
    "Ｐ４４４４５５５５６６６６",
    "...",
  ),
);

describe("an account's name", () => {
  test.each([
    ["payments-prod", "payments-prod"],
    ["R&D, Zürich (EU) #2", "R&D, Zürich (EU) #2"],
    ["  two\n lines ", "two lines"],
    ["<!channel> `x` *y* [z](u)", "!channel x y z (u)"],
    ["x".repeat(60), `${"x".repeat(49)}…`],
  ])("%j is shown as %j", (name, shown) => {
    expect(shownName(name)).toBe(shown);
  });

  test.each([
    "",
    " \t",
    "---",
    "\u200b\u202e",
    "444455556666",
    "prod 4444 5555 6666",
    "4444-5555-6666",
    "４４４４５５５５６６６６",
  ])("%j is none: nothing is left, or it looks like another account's id", (name) => {
    expect(shownName(name)).toBeUndefined();
  });

  test("whatever it is, subjects, SMS, texts and JSON of every kind are sound", () => {
    fc.assert(
      fc.property(anyName, (name) => {
        const shown = shownName(name);
        const labels: Labels = { accountNames: shown === undefined ? {} : { [ACCOUNT]: shown } };
        const event = wrapRecord(unauthorizedDescribe());
        const digested = [
          { window: closingWindow({}, "digest"), totals: totalsOf(...grouped(2, { ending: "digested" })) },
        ];
        const notices = [
          alertNotice(buildAlert(detectionNamed("unauthorized-ec2-call"), event, "event"), labels),
          summaryNotice(closingWindow(), totalsOf(...grouped(2)), ACCOUNT, labels),
          digestNotice(digested, ACCOUNT, "us-east-1", labels),
          rateLimitNotice(100, 0, ACCOUNT, "us-east-1", labels),
        ];
        for (const { subject, sms, email, json } of notices) {
          expect(subject).toMatch(new RegExp(`^[ -~]{1,${SUBJECT_LENGTH}}$`));
          expect(sms).toMatch(new RegExp(`^[ -~]{1,${SMS_BYTES}}$`));
          // The account's line is one, and has the id.
          expect(email.split("\n").filter((line) => /^ *Account|in account/.test(line))[0]).toContain(ACCOUNT);
          expectValid(json);
          expect(json.account.id).toBe(ACCOUNT);
          expect(json.account.name).toBe(shown);
          const card = cardOf(parseNotification(JSON.parse(JSON.stringify(json)) as JsonObject));
          expect(card.headline).toMatch(/^[^\r\n]{1,150}$/u);
        }
      }),
      { numRuns: propertyRuns(2_000) },
    );
  });

  test("whatever it is, it has no sign that a chat or a page gives a meaning to, and is short", () => {
    fc.assert(
      fc.property(anyName, (name) => {
        const shown = shownName(name) ?? "none";

        expect(shown).not.toMatch(/[<>`*"\\|[\]{}~^$%;\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        expect(shown.trim()).toBe(shown);
        expect(Array.from(shown).length).toBeLessThanOrEqual(50);
      }),
      { numRuns: propertyRuns(5_000) },
    );
  });
});
