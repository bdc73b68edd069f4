// Over 250 lines: the table of parameters, and how they are put into a sentence.
import { isObject, type JsonObject } from "../../../detection/events/json";
import type { Call } from "./call";
import { flagAt, itemsAt, itemsOf, kindOfArn, listed, named, said } from "./values";

/** Parameters of a request that are looked at. */
const PARAMETERS = 60;
/** Things that one line names. */
const NAMED = 3;

/** What a parameter names: a noun, and the word that joins it to what stands before it. */
type Noun = readonly [noun: string, joined: string];

/**
 * Well-known parameters, in the order in which a sentence names them: first what was acted on, then what has it, then what it
 * was done with. Of parameters with several spellings (`dBInstanceIdentifier`), in small letters.
 */
const NOUNS: ReadonlyMap<string, Noun> = new Map<string, Noun>([
  ["accesskeyid", ["access key", "with"]],
  ["serialnumber", ["MFA device", "with"]],
  ["certificateid", ["certificate", "with"]],
  ["filtername", ["filter", "with"]],
  ["logstreamname", ["log stream", "with"]],
  ["ids", ["target", "with"]],
  ["versionid", ["version", "with"]],
  ["rulenumber", ["rule", "with"]],
  ["ruleid", ["rule", "with"]],
  ["label", ["statement", "with"]],
  ["statementid", ["statement", "with"]],
  ["grantid", ["grant", "with"]],
  ["policyname", ["policy", "of"]],
  ["policyarn", ["policy", "of"]],
  ["permissionsboundary", ["permissions boundary", "with"]],
  ["policyid", ["policy", "of"]],
  ["policytype", ["policy type", "of"]],
  ["destinationcidrblock", ["route", "with"]],
  ["destinationipv6cidrblock", ["route", "with"]],
  ["internetgatewayid", ["internet gateway", "with"]],
  ["subnetid", ["subnet", "with"]],
  ["accountids", ["account", "with"]],
  ["accountid", ["account", "for"]],
  ["adminaccountid", ["administrator account", "for"]],
  ["documentname", ["document", "with"]],
  ["principalarn", ["principal", "for"]],
  ["clientid", ["client", "with"]],
  ["instanceid", ["instance", "on"]],
  ["instanceids", ["instance", "on"]],
  ["rolename", ["role", "on"]],
  ["username", ["user", "on"]],
  ["groupname", ["group", "on"]],
  ["rule", ["rule", "on"]],
  ["loggroupname", ["log group", "in"]],
  ["networkaclid", ["network ACL", "in"]],
  ["routetableid", ["route table", "in"]],
  ["bucketname", ["bucket", "in"]],
  ["groupid", ["security group", "in"]],
  ["groupids", ["security group", "in"]],
  ["vpcid", ["VPC", "in"]],
  ["peervpcid", ["peer VPC", "to"]],
  ["peerownerid", ["account", "of"]],
  ["dbsnapshotidentifier", ["DB snapshot", "from"]],
  ["detectorid", ["detector", "in"]],
  ["directoryid", ["directory", "in"]],
  ["backupvaultname", ["backup vault", "in"]],
  ["organizationalunitid", ["organizational unit", "in"]],
  ["rootid", ["root", "in"]],
  ["parentid", ["parent", "in"]],
  ["targetid", ["target", "on"]],
  ["resourceid", ["resource", "from"]],
  ["regionname", ["region", "in"]],
  ["launchtemplateid", ["launch template", "with"]],
  ["rolearn", ["role", "with"]],
  ["rolearns", ["role", "with"]],
  ["kmskeyid", ["key", "with"]],
  ["s3bucketname", ["bucket", "to"]],
]);
const ORDER = [...NOUNS.keys()];
/** Of what is named by its parameter: behind what acts on it, before what has it. */
const OTHER = ORDER.indexOf("principalarn") - 0.5;

/** Parameters that say nothing about what was done. */
const SAYS_NOTHING =
  /^(host|clienttoken|attributename|clientrequesttoken|locktoken|requestid|email|websiteurl|configurationid|masterusername|imageid|keyname)$/;
/** Parameters that name the thing itself, whatever it is; the call says what. */
const GENERIC = /^(name|names|id|arn|identifier|path|uuid|target|resourcearn|resourcename|url)$/;
const NAMING = /^(.+?)_?(names?|ids?|arns?|identifiers?|url)$/i;

/** Settings that matter to a reader, in words. */
const FLAGS: readonly (readonly [field: string, on: string | undefined, off: string | undefined])[] = [
  ["publiclyAccessible", "publicly accessible", "not publicly accessible"],
  ["deletionProtection", "deletion protection on", "deletion protection off"],
  ["deletionProtectionEnabled", "deletion protection on", "deletion protection off"],
  ["skipFinalSnapshot", "without a final snapshot", undefined],
  ["deleteAutomatedBackups", "with its automated backups", undefined],
  ["isMultiRegionTrail", "all regions", "one region only"],
  ["enableLogFileValidation", "log file validation on", "log file validation off"],
  ["includeGlobalServiceEvents", undefined, "without global service events"],
  ["enable", "on", "off"],
  ["enabled", "on", "off"],
  ["sendingEnabled", "sending on", "sending off"],
  ["productionAccessEnabled", "production access", undefined],
  ["withDecryption", "decrypted", undefined],
  ["setAsDefault", "as the default version", undefined],
];

/** Numbers and texts that matter to a reader: `7 days`, `size 3`. */
const SETTINGS: readonly (readonly [field: string, say: (value: string) => string])[] = [
  ["pendingWindowInDays", (days) => `in ${dayCount(days)}`],
  ["retentionInDays", (days) => `retention ${dayCount(days)}`],
  ["reservedConcurrentExecutions", (count) => `${count} concurrent executions`],
  ["minimumPasswordLength", (length) => `minimum length ${length}`],
  ["maxPasswordAge", (days) => `maximum age ${dayCount(days)}`],
  ["maxSessionDuration", (seconds) => `sessions of ${seconds} seconds`],
  ["cidrBlock", (block) => block],
  ["ipAddress", (address) => address],
  ["billingMode", (mode) => `billing ${mode}`],
  ["state", (state) => state],
  ["stateValue", (state) => `state ${state}`],
  ["attributeName", (name) => `attribute ${name}`],
  ["mailType", (type) => type],
];

/** Words that are written in capitals: two or more of them stand together in names, or a name begins or ends with one. */
const ACRONYMS = /^([A-Z]{2,}|[Ii]p|[Vv]pc|[Aa]cl|[Dd]b|[Dd]ns|[Mm]fa|[Ss]aml|[Cc]ors|[Kk]ms|[Ii]d)$/;

function dayCount(days: string): string {
  return `${days} ${days === "1" ? "day" : "days"}`;
}

/** What a call was about, from the names of its request's parameters; empty where the record names nothing. */
export function describeInGeneral(call: Call): string {
  const { request, record } = call;
  if (flagAt(request, "omitted") === true) return omitted(request);
  const things = namedThings(call);
  const details = listed(detailsOf(request), 4);
  if (things === undefined) {
    return details === undefined ? (fromResources(record) ?? "") : `${nounOfCall(call.eventName)}: ${details}`;
  }
  return details === undefined ? things : `${things}: ${details}`;
}

/** Nouns and names of the request, joined in the order of the table. */
export function namedThings(call: Call): string | undefined {
  const found = new Map<
    string,
    { readonly key: string; readonly noun: Noun; readonly rank: number; readonly values: string[] }
  >();
  const parameters = parametersOf(call.request);
  // A path is the name of nothing that has another one.
  const isPath = ([parameter]: readonly [string, unknown]) => parameter === "path";
  for (const [parameter, value] of [...parameters.filter((entry) => !isPath(entry)), ...parameters.filter(isPath)]) {
    const key = parameter.toLowerCase();
    if (SAYS_NOTHING.test(key)) continue;
    const naming = namingOf(parameter, value, call);
    const values = itemsOf(value).flatMap((item) => named(item) ?? []);
    if (naming === undefined || values.length === 0) continue;
    const before = found.get(naming[0]);
    if (before !== undefined) {
      if (before.key === key) before.values.push(...values);
    } else {
      const rank = NOUNS.has(key) ? ORDER.indexOf(key) : OTHER;
      found.set(naming[0], { key, noun: naming, rank, values: [...values] });
    }
  }
  const ranked = [...found.values()].sort((a, b) => a.rank - b.rank).slice(0, NAMED);
  if (ranked.length === 0) return undefined;
  return ranked
    .map(({ noun: [noun, joined], values }, place) => {
      const thing = `${noun}${new Set(values).size > 1 ? (noun.endsWith("y") && !/[aeiou]y$/.test(noun) ? "" : "s") : ""}`;
      const plural = thing === noun && new Set(values).size > 1 ? noun.replace(/y$/, "ies") : thing;
      return `${place === 0 ? "" : `${joined} `}${plural} ${listed(values)}`;
    })
    .join(" ");
}

function namingOf(parameter: string, value: unknown, { eventName, service }: Call): Noun | undefined {
  const key = parameter.toLowerCase();
  if (key === "groupname" && service === "ec2") return ["security group", "in"];
  if (key === "groupname" && service === "scheduler") return ["group", "in"];
  if (key === "policyarn" || key === "policyname") {
    const [first] = itemsOf(value);
    const isCustomers = typeof first === "string" && /^arn:[\w-]*:iam::\d{12}:policy\//.test(first);
    return [isCustomers ? "customer policy" : "policy", "of"];
  }
  if (key === "targetid" && /^\d{12}$/.test(String(value))) return ["account", "on"];
  const known = NOUNS.get(key);
  if (known !== undefined) return known;
  if (GENERIC.test(key)) {
    const [first] = itemsOf(value);
    const ofArn = typeof first === "string" && key.endsWith("arn") ? kindOfArn(first) : undefined;
    return [ofArn ?? nounOfCall(eventName), "of"];
  }
  const [, noun] = NAMING.exec(parameter) ?? [];
  return noun === undefined ? undefined : [inWords(noun), "of"];
}

/** The request's parameters, those within wrappers and lists of EC2 too. */
function parametersOf(request: JsonObject, depth = 0): readonly (readonly [parameter: string, value: unknown])[] {
  return Object.entries(request)
    .slice(0, PARAMETERS)
    .flatMap(([parameter, value]): readonly (readonly [string, unknown])[] => {
      if (Array.isArray(value)) return [[parameter, value.filter((item) => !isObject(item))]];
      if (!isObject(value)) return [[parameter, value]];
      if (depth < 2 && /Request$/.test(parameter)) return parametersOf(value, depth + 1);
      if (depth < 2 && /Set$/.test(parameter)) {
        return itemsAt({ value }, "value").flatMap((item) => (isObject(item) ? parametersOf(item, 2) : []));
      }
      const inside = value.name ?? value.id ?? value.content;
      const naming = NAMING.test(parameter) || NOUNS.has(parameter.toLowerCase()) ? parameter : `${parameter}Name`;
      return inside === undefined || isObject(inside) ? [] : [[naming, inside]];
    });
}

/** `DeleteTrustAnchor`: `trust anchor`. */
function nounOfCall(eventName: string): string {
  const noun = inWords(eventName.replace(/^[A-Za-z]?[a-z]+(?=[A-Z])/, ""));
  return /[a-z]{3}s$/.test(noun) && !/ss$/.test(noun) ? noun.slice(0, -1) : noun;
}

/** `resolverQueryLogConfig`: `resolver query log config`; `sAMLProvider`: `SAML provider`. */
export function inWords(camel: string): string {
  const start = camel.slice(0, 60);
  const name = /^[a-z][A-Z]/.test(start) ? `${start.charAt(0).toUpperCase()}${start.slice(1)}` : start;
  const words = name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? [];
  const said = words.map((word) => (ACRONYMS.test(word) ? word.toUpperCase() : word.toLowerCase()));
  return said.join(" ").replace(/^open ID connect/, "OpenID Connect") || "resource";
}

function detailsOf(request: JsonObject): readonly string[] {
  const flags = FLAGS.flatMap(([field, on, off]) => {
    const flag = flagAt(request, field);
    return (flag === undefined ? undefined : flag ? on : off) ?? [];
  });
  const settings = SETTINGS.flatMap(([field, say]) => {
    const value = said(request[field]);
    return value === undefined ? [] : [say(value)];
  });
  return [...flags, ...settings];
}

/** CloudTrail writes this in the place of a request that is too large. */
function omitted(request: JsonObject): string {
  const size = said(request.originalSize);
  return `request too large for CloudTrail${size === undefined ? "" : ` (${size} bytes)`}`;
}

function fromResources(record: JsonObject): string | undefined {
  const arns = (Array.isArray(record.resources) ? record.resources : []).slice(0, 10).flatMap((resource) => {
    const arn = isObject(resource) ? resource.ARN : undefined;
    const name = typeof arn === "string" ? named(arn) : undefined;
    return name === undefined ? [] : [`${kindOfArn(String(arn)) ?? "resource"} ${name}`];
  });
  return listed(arns);
}
