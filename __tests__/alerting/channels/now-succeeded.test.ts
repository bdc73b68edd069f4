import { expect, test } from "@jest/globals";
import type { Card } from "../../../alerting/channels/card";
import type { Thread } from "../../../alerting/channels/channel";
import { jiraServiceManagement } from "../../../alerting/channels/jira-service-management";
import { type PagerDutyMessage, pagerduty } from "../../../alerting/channels/pagerduty";
import { RISE_NAMES, riseInWords, riseName } from "../../../alerting/channels/rise";
import { INCIDENT_CARDS } from "../../channels/example-cards";

const bySeverity = INCIDENT_CARDS.find(({ incident }) => incident?.role === "rises") as Card;
const incident = bySeverity.incident as NonNullable<Card["incident"]>;
const byOutcome: Card = { ...bySeverity, incident: { ...incident, nowSucceeded: true } };

test("the words of a rise say whether it rises by severity or by outcome", () => {
  expect(riseInWords(bySeverity)).toBe("Rises to high: ");
  expect(riseInWords(byOutcome)).toBe("Now succeeded: ");
  expect(riseInWords({ ...bySeverity, incident: { ...incident, role: "update" } })).toBe("");
});

test("each rise of an incident has a name of its own, and what closes the incident knows all of them", () => {
  expect(RISE_NAMES).toEqual([
    ...["critical", "critical-succeeded", "high", "high-succeeded", "medium", "medium-succeeded"],
  ]);
  for (const severity of ["critical", "high", "medium"] as const) {
    expect(RISE_NAMES).toContain(riseName({ ...bySeverity, severity }));
    expect(RISE_NAMES).toContain(riseName({ ...byOutcome, severity }));
  }
});

test("a success after attempts of the same severity pages anew: its key is not that of the attempts", () => {
  const thread: Thread = { dedupKey: incident.id };
  const eventsOf = (card: Card) => (pagerduty.render(card, {}, thread) as PagerDutyMessage).events;
  const [attempts, success] = [eventsOf(bySeverity), eventsOf(byOutcome)].map(([event]) => event?.body);

  expect(attempts).toMatchObject({ dedup_key: `${incident.id}/high` });
  expect(success).toMatchObject({
    ...{ dedup_key: `${incident.id}/high-succeeded`, event_action: "trigger" },
    payload: { summary: expect.stringMatching(/^Now succeeded: /) },
  });
});

test("Jira Service Management has an alert of its own for it", () => {
  const form = JSON.stringify(jiraServiceManagement.render(byOutcome, {}, { alias: "first" }));

  expect(form).toContain('"alias":"first-high-succeeded"');
  expect(form).toContain('"message":"Now succeeded: ');
});
