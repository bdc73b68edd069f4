import { fakeJira } from "../../channels/vendors/jira-service-management";
import { fakePagerDuty } from "../../channels/vendors/pagerduty";
import { fakeSlack, SLACK_TOKEN } from "../../channels/vendors/slack";
import { fakeTeams, TEAMS_ADDRESS } from "../../channels/vendors/teams";
import { webhookReceiver } from "../../channels/vendors/webhook-receiver";

const ROUTING_KEY = "f00dcafe".repeat(4);
const PAGERDUTY_TOKEN = "pagerduty-rest-api-key-0123";
const JIRA_KEY = "jira-integration-key-4567";
const HOOK = { url: "https://siem.example.com/hook/path-that-is-secret", key: `whsec_${"c2VjcmV0".repeat(5)}` };
const ESCALATION = { url: "https://manager.example.com/on-call-secret-path", key: `whsec_${"ZXNjYWxh".repeat(5)}` };

/** By name, as the stack's channels name them; those that begin with / are parameters of SSM. */
export const SECRETS: Readonly<Record<string, string>> = {
  "trailwarden/slack": SLACK_TOKEN,
  "/trailwarden/teams": TEAMS_ADDRESS,
  "trailwarden/pagerduty": JSON.stringify({ routingKey: ROUTING_KEY, apiToken: PAGERDUTY_TOKEN }),
  "/trailwarden/jira": JIRA_KEY,
  "trailwarden/webhook": JSON.stringify(HOOK),
  "/trailwarden/escalation": JSON.stringify(ESCALATION),
};
/** What of them must be found nowhere. */
export const SECRET_VALUES = [
  ...[SLACK_TOKEN, ROUTING_KEY, PAGERDUTY_TOKEN, JIRA_KEY, HOOK.key, ESCALATION.key],
  ...["secretsignature", "path-that-is-secret", "on-call-secret-path"],
];

/** The vendors that the secrets are for, which know nothing yet. */
export function newVendors() {
  return {
    slack: fakeSlack(),
    teams: fakeTeams(),
    pagerduty: fakePagerDuty(ROUTING_KEY, PAGERDUTY_TOKEN),
    jira: fakeJira({ apiKey: JIRA_KEY }),
    webhook: webhookReceiver(HOOK.url, HOOK.key),
    escalation: webhookReceiver(ESCALATION.url, ESCALATION.key),
  };
}
