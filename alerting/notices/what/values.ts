import { isObject, type JsonObject } from "../../../detection/events/json";
import { oneLine } from "../../../detection/events/text";

/** Characters of one value. */
const VALUE = 80;
/** Values of a list that are named. */
const NAMED = 3;
/** Items of a list that are looked at: more than a record of CloudTrail has room for. */
const LOOKED_AT = 10_000;

const ARN = /^arn:[\w-]*:([\w-]*):([\w-]*):(\d*|aws):(.+)$/s;
/** CloudTrail and services write these where a value was. */
const HIDDEN = /HIDDEN_|sensitiveDataRemoved|hidden due to security/i;
/** What belongs to JSON and markup rather than to a sentence. */
const LIKENESS: Readonly<Record<string, string>> = {
  '"': "'",
  "`": "'",
  "\\": "/",
  "{": "(",
  "[": "(",
  "<": "(",
  "}": ")",
  "]": ")",
  ">": ")",
};

/**
 * A text or number of a record as a sentence may hold it: one line, short, in quotes where it has spaces, so that no value
 * reads as part of the sentence. Undefined of anything else, and of what CloudTrail has hidden.
 */
export function said(value: unknown, maximum = VALUE): string | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : undefined;
  if (typeof value !== "string" || HIDDEN.test(value)) return undefined;
  const text = oneLine(decoded(value), maximum).replace(/["`\\{}[\]<>]/g, (sign) => LIKENESS[sign] ?? "?");
  if (text === "") return undefined;
  return text.includes(" ") ? `'${text.replace(/'/g, "")}'` : text;
}

/** The same of the name in an ARN or in a queue's address; of any other text, of the whole. */
export function named(value: unknown): string | undefined {
  return said(typeof value === "string" ? shortName(decoded(value.slice(0, 2_048))) : value);
}

/** Some services record ARNs in percent encoding. */
function decoded(text: string): string {
  if (!/^arn%3A/i.test(text)) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function shortName(text: string): string {
  const queue = /^https:\/\/(?:sqs|queue)\.[\w.-]+\/\d{12}\/([\w.-]+)$/.exec(text)?.[1];
  if (queue !== undefined) return queue;
  const [, service, , , resource] = ARN.exec(text) ?? [];
  if (resource === undefined) return text.replace(/^\d{12}:function:/, "");
  switch (service) {
    case "s3":
    case "sqs":
      return resource;
    case "sns":
      return resource.split(":")[0] ?? resource;
    case "secretsmanager":
      return resource.replace(/^secret:/, "").replace(/-\w{6}$/, "");
    case "logs":
      return resource.replace(/^log-group:/, "").replace(/:\*$/, "");
    case "iam":
      return /^(oidc-provider|saml-provider)\//.test(resource)
        ? resource.slice(resource.indexOf("/") + 1)
        : resource.slice(resource.lastIndexOf("/") + 1);
    default:
      return resource.replace(/^[\w-]+[/:](?=.)/, "");
  }
}

/** The account in an ARN. */
export function accountOf(arn: string): string | undefined {
  const account = ARN.exec(arn)?.[3];
  return account === "" || account === "aws" ? undefined : account;
}

/** What an ARN is of, in a word or two; undefined of any other text. */
export function kindOfArn(text: string): string | undefined {
  const [, service = "", , , resource] = ARN.exec(decoded(text)) ?? [];
  if (resource === undefined) return undefined;
  const known: Readonly<Record<string, string>> = {
    s3: resource.includes("/") ? "object" : "bucket",
    sns: "topic",
    sqs: "queue",
  };
  if (Object.hasOwn(known, service)) return known[service];
  const type = /^([a-z][a-z-]{0,30})[/:]/.exec(resource)?.[1];
  return type === "loadbalancer" ? "load balancer" : type?.replaceAll("-", " ");
}

/** `a, b, c and 4 more`; undefined of no value. */
export function listed(values: readonly (string | undefined)[], most = NAMED): string | undefined {
  const known = [...new Set(values.filter((value) => value !== undefined))];
  if (known.length === 0) return undefined;
  const more = known.length - most;
  return `${known.slice(0, most).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/** The field's items, of which CloudTrail may have made `{items: […]}`, or a single one without a list. */
export function itemsAt(object: JsonObject, field: string): readonly unknown[] {
  return itemsOf(object[field]);
}

export function itemsOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value.slice(0, LOOKED_AT);
  if (isObject(value)) {
    const { items, item } = value;
    const inside = items ?? item;
    if (inside !== undefined) return itemsOf(inside);
    return Object.keys(value).length === 0 ? [] : [value];
  }
  return value === undefined || value === null || value === "" ? [] : [value];
}

/** The same, of objects alone. */
export function objectsAt(object: JsonObject, field: string): readonly JsonObject[] {
  return itemsAt(object, field).filter(isObject);
}

/** Whether a flag is set: services write `true` and `"true"`. */
export function flagAt(object: JsonObject, field: string): boolean | undefined {
  const flag = String(object[field]).toLowerCase();
  return flag === "true" ? true : flag === "false" ? false : undefined;
}

/** A number, which some services write as text. */
export function countAt(object: JsonObject, field: string): number | undefined {
  const value = object[field];
  const count = typeof value === "string" && /^\d{1,9}$/.test(value) ? Number(value) : value;
  return typeof count === "number" && Number.isSafeInteger(count) && count >= 0 ? count : undefined;
}
