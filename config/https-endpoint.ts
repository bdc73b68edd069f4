import type { Refusal } from "./rule";

/** Why SNS can't deliver to an https:// address, as far as the address shows it. */

/** A service whose addresses take messages, but don't answer SNS's request to confirm a subscription. */
interface Service {
  readonly name: string;
  /** Pattern of the host, in lower case. */
  readonly host: string;
  /**
   * What the path begins with where only those don't confirm.
   *
   * @default - every path
   */
  readonly path?: string;
  /**
   * Pattern of the paths that do confirm.
   *
   * @default - none
   */
  readonly confirming?: string;
  readonly instead: string;
}

const CHAT =
  "subscribe the channel's email address (protocol email); Amazon Q Developer in chat applications can follow the urgent topic, for the alarms";
const FORWARDER = "subscribe an address of your own that confirms and forwards, or a queue (protocol sqs)";

/**
 * Sources: https://docs.aws.amazon.com/sns/latest/dg/SendMessageToHttp.prepare.html (who subscribes must confirm), and the
 * services' own pages of incoming webhooks.
 */
const UNCONFIRMING: readonly Service[] = [
  { name: "Slack", host: String.raw`([\w.-]+\.)?slack(-gov)?\.com`, instead: CHAT },
  {
    name: "Microsoft Teams",
    host: String.raw`([\w.-]+\.)?(webhook\.office(365)?\.(com|us)|logic\.azure\.(com|us|cn)|powerplatform\.(com|us|cn)|powerautomate\.(com|us|cn)|flow\.microsoft\.(com|us)|graph\.microsoft\.(com|us))|outlook\.office(365)?\.(com|us)`,
    instead: CHAT,
  },
  {
    name: "PagerDuty",
    host: String.raw`(events|api)(\.eu)?\.pagerduty\.com`,
    confirming: "/(integration/[^/?#]+/enqueue|x-ere/[^/?#]+|adapter/[^/?#]+/[^/?#]+)/?([?#]|$)",
    instead:
      "add the integration Amazon CloudWatch to the PagerDuty service and take its address, https://events.pagerduty.com/integration/KEY/enqueue",
  },
  {
    name: "Opsgenie",
    host: String.raw`api(\.eu)?\.opsgenie\.com`,
    confirming: "/v1/json/",
    instead:
      "add the integration Amazon SNS to Opsgenie and take its address, https://api.opsgenie.com/v1/json/amazonsns?apiKey=KEY",
  },
  {
    name: "Jira Service Management",
    host: String.raw`(api\.atlassian\.com|[\w-]+\.atlassian\.net)`,
    confirming: "/jsm/ops/integration/v1/json/",
    instead:
      "add the integration Amazon SNS to the team's operations and take its address, which has /v1/json/amazonsns",
  },
  {
    name: "Splunk On-Call",
    host: String.raw`alert\.victorops\.com`,
    path: "/integrations/generic/",
    instead: "take the address of its integration AWS CloudWatch",
  },
  { name: "Discord", host: String.raw`([\w.-]+\.)?discord(app)?\.com`, instead: FORWARDER },
  { name: "Google Chat", host: String.raw`chat\.googleapis\.com`, instead: FORWARDER },
  { name: "Webex", host: String.raw`(webexapis\.com|api\.ciscospark\.com)`, instead: FORWARDER },
  { name: "Zoom", host: String.raw`(integrations|inbots|api)\.zoom\.us`, instead: FORWARDER },
  { name: "Telegram", host: String.raw`api\.telegram\.org`, instead: FORWARDER },
  { name: "Lark", host: String.raw`open\.(larksuite\.com|feishu\.cn)`, instead: FORWARDER },
  { name: "DingTalk", host: String.raw`oapi\.dingtalk\.com`, instead: FORWARDER },
  { name: "WeCom", host: String.raw`qyapi\.weixin\.qq\.com`, instead: FORWARDER },
  { name: "LINE", host: String.raw`(api|notify-api)\.line\.me`, instead: FORWARDER },
  { name: "Pushover", host: String.raw`api\.pushover\.net`, instead: FORWARDER },
  { name: "ntfy", host: String.raw`ntfy\.sh`, instead: FORWARDER },
  { name: "Zapier", host: String.raw`hooks\.zapier\.com`, instead: FORWARDER },
  { name: "IFTTT", host: String.raw`maker\.ifttt\.com`, instead: FORWARDER },
  { name: "GitHub", host: String.raw`api\.github\.com`, instead: FORWARDER },
];

/** Names that no public resolver knows, and names without a dot. Source: RFC 6761, RFC 6762, RFC 8375. */
const PRIVATE_NAME = String.raw`([\w.-]+\.)?(localhost|local|internal|intranet|lan|home\.arpa|test|invalid)|[\w-]+`;

/** Refuses what keeps SNS from delivering to a sound https:// address, as far as the address shows it. */
export const UNDELIVERABLE: readonly Refusal[] = [
  {
    pattern: addressOf(String.raw`[\d.]+`),
    problem:
      "must be an address with a host name: SNS checks the name in the certificate, and reaches public addresses only",
  },
  {
    pattern: addressOf(PRIVATE_NAME),
    problem:
      "must be an address that SNS can reach: this host name is not public; subscribe a queue (protocol sqs) instead",
  },
  ...UNCONFIRMING.map(({ name, host, path = "", confirming, instead }) => ({
    pattern: addressOf(host, path),
    ...(confirming !== undefined && { unless: addressOf(host, confirming) }),
    problem: `${name} doesn't confirm SNS's subscriptions there, so no alert would arrive: ${instead}`,
  })),
];

/** @param path what the path begins with */
function addressOf(host: string, path = ""): RegExp {
  const end = path === "" ? "([/?#]|$)" : path;
  return new RegExp(String.raw`^https://([^/?#@]*@)?(${inAnyCase(host)})(:\d*)?${end}`);
}

/** Terraform's pattern and JavaScript's are to be the same one, so there is no flag for it. */
function inAnyCase(pattern: string): string {
  return pattern.replace(/\\.|[a-z]/g, (part) => (part.length > 1 ? part : `[${part.toUpperCase()}${part}]`));
}

/** Whether the address holds a password, which whoever reads configuration, plan or state could read too. */
export function holdsPassword(address: string): boolean {
  const { username, password } = new URL(address);
  return username !== "" || password !== "";
}
