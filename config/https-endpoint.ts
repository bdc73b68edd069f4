import type { Refusal } from "./rule";

/** Why SNS can't deliver to an https:// address, as far as the address shows it. */

/** A service with addresses that no alert arrives at. */
interface Service {
  readonly name: string;
  /** Pattern of the host, in lower case. */
  readonly host: string;
  /**
   * Why no alert arrives, as the rest of a sentence that begins with the name.
   *
   * @default - the service doesn't answer SNS's request to confirm a subscription
   */
  readonly why?: string;
  /**
   * What the path begins with where it is only some addresses.
   *
   * @default - every path
   */
  readonly path?: string;
  /**
   * Pattern of the paths at which alerts do arrive.
   *
   * @default - none
   */
  readonly except?: string;
  readonly instead: string;
}

const UNCONFIRMED = "doesn't confirm SNS's subscriptions there";
/** The configuration's key for channels, which a Terraform module has no variable for. */
const channelOf = (type: string) => `add a channel of type ${type} (key channels, docs/channels.md)`;
const CHAT = (type: string) => `${channelOf(type)}, or subscribe the channel's email address (protocol email)`;
const FORWARDER = "subscribe an address of your own that confirms and forwards, or a queue (protocol sqs)";
const SPLUNK_EMAIL =
  "subscribe the address of its integration Email Generic (protocol email), and have it treat non-parseable emails as critical";

/**
 * What is advised instead accepts every notification of SNS, not only alarms.
 *
 * Sources: https://docs.aws.amazon.com/sns/latest/dg/SendMessageToHttp.prepare.html (subscribers must confirm),
 * https://www.pagerduty.com/docs/guides/custom-event-transformer/,
 * https://docs.splunk.com/observability/en/sp-oncall/spoc-integrations/aws-cloudwatch-integration-guide.html (only CloudWatch),
 * https://docs.splunk.com/observability/en/sp-oncall/spoc-integrations/generic-email-endpoint.html, and the services' own
 * pages of incoming webhooks.
 */
const SERVICES: readonly Service[] = [
  { name: "Slack", host: String.raw`([\w.-]+\.)?slack(-gov)?\.com`, instead: CHAT("slack") },
  {
    name: "Microsoft Teams",
    host: String.raw`([\w.-]+\.)?(webhook\.office(365)?\.(com|us)|logic\.azure\.(com|us|cn)|powerplatform\.(com|us|cn)|powerautomate\.(com|us|cn)|flow\.microsoft\.(com|us)|graph\.microsoft\.(com|us))|outlook\.office(365)?\.(com|us)`,
    instead: CHAT("microsoft-teams"),
  },
  {
    name: "PagerDuty",
    host: String.raw`(events|api)(\.eu)?\.pagerduty\.com`,
    except: "/(integration/[^/?#]+/enqueue|x-ere/[^/?#]+|adapter/[^/?#]+/[^/?#]+)/?([?#]|$)",
    instead: `${channelOf("pagerduty")}, subscribe the address of an email integration (protocol email), or that of a Custom Event Transformer, https://events.pagerduty.com/integration/KEY/enqueue; the integration Amazon CloudWatch accepts only alarms`,
  },
  {
    name: "Opsgenie",
    host: String.raw`api(\.eu)?\.opsgenie\.com`,
    except: "/v1/json/",
    instead:
      "add the integration Amazon SNS to Opsgenie and take its address, https://api.opsgenie.com/v1/json/amazonsns?apiKey=KEY",
  },
  {
    name: "Jira Service Management",
    host: String.raw`(api\.atlassian\.com|[\w-]+\.atlassian\.net)`,
    except: "/jsm/ops/integration/v1/json/",
    instead: `${channelOf("jira-service-management")}, or add the integration Amazon SNS to the team's operations and take its address, which has /v1/json/amazonsns`,
  },
  {
    name: "Splunk On-Call",
    host: String.raw`alert\.victorops\.com`,
    path: "/integrations/generic/",
    instead: SPLUNK_EMAIL,
  },
  {
    name: "Splunk On-Call",
    host: String.raw`alert\.victorops\.com`,
    path: "/integrations/cloudwatch/",
    why: "accepts only CloudWatch alarms there",
    instead: SPLUNK_EMAIL,
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
  ...SERVICES.map(({ name, host, path = "", except, why = UNCONFIRMED, instead }) => ({
    pattern: addressOf(host, path),
    ...(except !== undefined && { unless: addressOf(host, except) }),
    problem: `${name} ${why}, so no alert would arrive: ${instead}`,
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
