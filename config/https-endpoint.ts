/** Why SNS can't deliver to an https:// address, as far as the address shows it. */

/** A service whose addresses take messages, but don't answer SNS's request to confirm a subscription. */
interface Service {
  readonly name: string;
  /** Of the host, in lower case. */
  readonly host: RegExp;
  /**
   * Of the path, where other paths of the host do confirm.
   *
   * @default - every path
   */
  readonly path?: RegExp;
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
  { name: "Slack", host: /(^|\.)slack(-gov)?\.com$/, instead: CHAT },
  {
    name: "Microsoft Teams",
    host: /(^|\.)(webhook\.office(365)?\.(com|us)|logic\.azure\.(com|us|cn)|powerplatform\.(com|us|cn)|powerautomate\.(com|us|cn)|flow\.microsoft\.(com|us)|graph\.microsoft\.(com|us))$|^outlook\.office(365)?\.(com|us)$/,
    instead: CHAT,
  },
  {
    name: "PagerDuty",
    host: /^(events|events\.eu|api|api\.eu)\.pagerduty\.com$/,
    path: /^(?!\/(integration\/[^/]+\/enqueue|x-ere\/[^/]+|adapter\/[^/]+\/[^/]+)\/?$)/,
    instead:
      "add the integration Amazon CloudWatch to the PagerDuty service and take its address, https://events.pagerduty.com/integration/KEY/enqueue",
  },
  {
    name: "Opsgenie",
    host: /^api(\.eu)?\.opsgenie\.com$/,
    path: /^(?!\/v1\/json\/)/,
    instead:
      "add the integration Amazon SNS to Opsgenie and take its address, https://api.opsgenie.com/v1/json/amazonsns?apiKey=KEY",
  },
  {
    name: "Jira Service Management",
    host: /^(api\.atlassian\.com|[a-z0-9-]+\.atlassian\.net)$/,
    path: /^(?!\/jsm\/ops\/integration\/v1\/json\/)/,
    instead:
      "add the integration Amazon SNS to the team's operations and take its address, which has /v1/json/amazonsns",
  },
  {
    name: "Splunk On-Call",
    host: /^alert\.victorops\.com$/,
    path: /^\/integrations\/generic\//,
    instead: "take the address of its integration AWS CloudWatch",
  },
  { name: "Discord", host: /(^|\.)discord(app)?\.com$/, instead: FORWARDER },
  { name: "Google Chat", host: /^chat\.googleapis\.com$/, instead: FORWARDER },
  { name: "Webex", host: /^(webexapis\.com|api\.ciscospark\.com)$/, instead: FORWARDER },
  { name: "Zoom", host: /^(integrations|inbots|api)\.zoom\.us$/, instead: FORWARDER },
  { name: "Telegram", host: /^api\.telegram\.org$/, instead: FORWARDER },
  { name: "Lark", host: /^open\.(larksuite\.com|feishu\.cn)$/, instead: FORWARDER },
  { name: "DingTalk", host: /^oapi\.dingtalk\.com$/, instead: FORWARDER },
  { name: "WeCom", host: /^qyapi\.weixin\.qq\.com$/, instead: FORWARDER },
  { name: "LINE", host: /^(api|notify-api)\.line\.me$/, instead: FORWARDER },
  { name: "Pushover", host: /^api\.pushover\.net$/, instead: FORWARDER },
  { name: "ntfy", host: /^ntfy\.sh$/, instead: FORWARDER },
  { name: "Zapier", host: /^hooks\.zapier\.com$/, instead: FORWARDER },
  { name: "IFTTT", host: /^maker\.ifttt\.com$/, instead: FORWARDER },
  { name: "GitHub", host: /^api\.github\.com$/, instead: FORWARDER },
];

/** Names that no public resolver knows. Source: RFC 6761, RFC 6762, RFC 8375. */
const PRIVATE_NAME = /(^|\.)(localhost|local|internal|intranet|lan|home\.arpa|test|invalid)$/;

/**
 * What keeps SNS from delivering to a sound https:// address.
 *
 * @returns undefined where nothing does, as far as the address shows it
 */
export function undeliverable(address: string): string | undefined {
  const { hostname, pathname } = new URL(address);
  const host = hostname.toLowerCase().replace(/\.$/, "");
  if (/^[\d.]+$/.test(host) || host.startsWith("[")) {
    return "takes an address with a host name: SNS checks the name in the certificate, and reaches public addresses only";
  }
  if (PRIVATE_NAME.test(host) || !host.includes(".")) {
    return "takes an address that SNS can reach: this host name is not public; subscribe a queue (protocol sqs) instead";
  }
  const service = UNCONFIRMING.find((each) => each.host.test(host) && (each.path?.test(pathname) ?? true));
  return (
    service && `${service.name} doesn't confirm SNS's subscriptions there, so no alert would arrive: ${service.instead}`
  );
}

/** Whether the address holds a password, which whoever reads configuration, plan or state could read too. */
export function holdsPassword(address: string): boolean {
  const { username, password } = new URL(address);
  return username !== "" || password !== "";
}
