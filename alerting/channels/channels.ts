import { amazonQ } from "./amazon-q";
import type { Channel } from "./channel";
import { jiraServiceManagement } from "./jira-service-management";
import { microsoftTeams } from "./microsoft-teams";
import { pagerduty } from "./pagerduty";
import { securityHub } from "./security-hub";
import { slack } from "./slack";
import { webhook } from "./webhook";

/** Every kind of channel that there is. To add one, write its file and add it here. */
export const CHANNELS: readonly Channel[] = [
  slack,
  microsoftTeams,
  pagerduty,
  jiraServiceManagement,
  amazonQ,
  webhook,
  securityHub,
];

/** The kind of channel of that name; undefined where there is none. */
export function channelOf(type: string, channels: readonly Channel[] = CHANNELS): Channel | undefined {
  return channels.find((channel) => channel.type === type);
}
