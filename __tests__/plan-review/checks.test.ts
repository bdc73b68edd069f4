import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { checks } from "../../plan-review/checks/checks";
import { REPOSITORY } from "../repository";
import { fixture, ids, review } from "./plans";

/** Of which no plan can be refused. */
const NEVER_REFUSES = ["capacity", "data-protection", "function-network", "table-expiry"];

test("the ids of checks are a contract with those who accept refusals", () => {
  expect(checks.map(({ id }) => id).sort()).toEqual([
    "access-log",
    "alarm-muted",
    "alarm-silenced",
    "capacity",
    "chat-channel",
    "data-protection",
    "dead-letters",
    "deletion-protection",
    "destroyed",
    "encryption",
    "exclusive-policies",
    "force-destroy",
    "function-environment",
    "function-log",
    "function-network",
    "function-stopped",
    "function-trigger",
    "key-deletion-window",
    "key-disabled",
    "key-rotation",
    "laid-over",
    "last-subscriber",
    "log-filter",
    "message-delay",
    "message-size",
    "notification-removed",
    "object-lock",
    "pipe-stopped",
    "policy-opened",
    "policy-statement",
    "public-access",
    "replication",
    "retention",
    "retries",
    "role-changed",
    "role-permissions",
    "rule-disabled",
    "rule-pattern",
    "rule-read-only",
    "schedule-disabled",
    "stack-set-reach",
    "stack-template",
    "storage-class",
    "subscription-filter",
    "table-expiry",
    "table-index",
    "target-input",
    "target-moved",
    "trail-destination",
    "trail-encryption",
    "trail-global-events",
    "trail-logging",
    "trail-multi-region",
    "trail-organization",
    "trail-selectors",
    "trail-validation",
    "versioning",
    "visibility-timeout",
  ]);
});

test("every check is a file of its name, and every file a check", () => {
  const files = readdirSync(join(REPOSITORY, "plan-review", "checks")).map((file) => file.replace(/\.ts$/, ""));

  expect(files.filter((file) => file !== "checks").sort()).toEqual(checks.map(({ id }) => id).sort());
});

describe.each(checks.map(({ id }) => id))("%s", (id) => {
  const plans = fixture(id);

  test.each(Object.keys(plans))("as its fixture has it: %s", (expected) => {
    const { refused, indeterminate } = review(plans[expected]);

    expect({ refused: checksOf(ids(refused)), indeterminate: checksOf(ids(indeterminate)) }).toEqual({
      refused: expected === "refused" ? [id] : [],
      indeterminate: expected === "indeterminate" ? [id] : [],
    });
  });

  test("has a plan that it lets pass, and one that it refuses or finds indeterminate", () => {
    expect(Object.keys(plans)).toEqual(
      expect.arrayContaining(["fine", NEVER_REFUSES.includes(id) ? "indeterminate" : "refused"]),
    );
  });
});

function checksOf(found: readonly string[]): readonly (string | undefined)[] {
  return found.map((id) => id.split("#").at(-1));
}
