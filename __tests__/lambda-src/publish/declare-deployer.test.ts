import { describe, expect, test } from "@jest/globals";
import { catalogue } from "../../../lambda-src/detections/catalogue";
import type { Detection } from "../../../lambda-src/detections/detection";
import { buildAlert } from "../../../lambda-src/publish/alert";
import { emailText } from "../../../lambda-src/publish/alert-notice";
import { wrapRecord } from "../../../lambda-src/read/envelope";
import { unauthorizedDescribe } from "../records";

const byId = (id: string) => catalogue.find((detection) => detection.id === id) as Detection;
const alertOf = (userIdentity: object, id = "monitoring-changed") =>
  buildAlert(byId(id), wrapRecord(unauthorizedDescribe({ userIdentity })), "event");
const bob = { type: "IAMUser", arn: "arn:aws:iam::111122223333:user/bob", userName: "bob" };

describe("an alert of a change of the monitor", () => {
  test("says how to declare the role of who made it", () => {
    const { declare } = alertOf({
      type: "AssumedRole",
      arn: "arn:aws:sts::111122223333:assumed-role/Deployer/ci",
      sessionContext: { sessionIssuer: { type: "Role", arn: "arn:aws:iam::111122223333:role/ops/Deployer" } },
    });

    expect(declare).toContain('add "arn:aws:iam::111122223333:role/ops/Deployer" to deployers');
  });

  test("says how to declare a user, as a line of its own", () => {
    expect(emailText(alertOf(bob))).toMatch(
      /\n\nIf it was a deployment .* add "arn:aws:iam::111122223333:user\/bob" .*\n\n/,
    );
  });

  test.each([
    ["the root user", { type: "Root", arn: "arn:aws:iam::111122223333:root" }],
    ["a service", { type: "AWSService", invokedBy: "config.amazonaws.com" }],
    ["somebody whose ARN is not one", { type: "IAMUser", arn: 'arn:aws:iam::111122223333:user/x" and more' }],
    ["nobody", {}],
  ])("says nothing of the kind about %s", (_, userIdentity) => {
    const alert = alertOf(userIdentity);

    expect(alert).not.toHaveProperty("declare");
    expect(emailText(alert)).not.toContain("deployers");
  });
});

test.each(["trail-stopped", "log-files-deleted", "unauthorized-calls"])(
  "an alert of %s, which deployers are told of too, does not say so",
  (id) => {
    expect(alertOf(bob, id)).not.toHaveProperty("declare");
  },
);
