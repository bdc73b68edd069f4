import { type JsonObject, kindOf } from "../events/json";
import { list } from "../pattern/describe";
import { checkKeys, fieldPath } from "./arguments";
import type { CompiledRefinement } from "./compiled-refinement";
import { fieldAt } from "./field";
import { type IpBlock, inBlock, parseIpAddress, parseIpBlock } from "./ip-address";
import { RefinementError } from "./refinement-error";

/**
 * A field holds a public internet address.
 *
 * No are: the blocks below and those of `except`, and what CloudTrail writes when AWS itself calls, a service's name
 * (`ec2.amazonaws.com`) or `AWS Internal`.
 *
 * - The field is absent, null or no text: yes.
 * - Other texts that are no address, such as one with leading zeros or a zone: yes.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export interface PublicIp {
  readonly kind: "publicIp";
  /** Path in the record, such as `sourceIPAddress`. */
  readonly field: string;
  /**
   * CIDR blocks of either family whose addresses are known and expected.
   *
   * @default - every public address holds
   */
  readonly except?: readonly string[];
}

/** By the bits of an address. Sources: IANA's registries of special-purpose, IPv4 and IPv6 multicast addresses. */
const NOT_PUBLIC: Readonly<Record<IpBlock["bits"], readonly string[]>> = {
  32: [
    ...["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"],
    // Protocol assignments, documentation and benchmarks.
    ...["192.0.0.0/24", "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "198.18.0.0/15"],
    // Multicast and reserved, the broadcast address included.
    ...["224.0.0.0/4", "240.0.0.0/4"],
  ],
  128: [
    ...["::/128", "::1/128", "64:ff9b:1::/48", "100::/64", "fc00::/7", "fe80::/10", "fec0::/10"],
    // Documentation, benchmarks and multicast.
    ...["2001:db8::/32", "3fff::/20", "2001:2::/48", "ff00::/8"],
  ],
};
/** Read when an address of their family first asks for them: a cold start has better things to do. */
const parsed = new Map<IpBlock["bits"], readonly IpBlock[]>();

function notPublic(bits: IpBlock["bits"]): readonly IpBlock[] {
  const known = parsed.get(bits);
  if (known) return known;
  const blocks = NOT_PUBLIC[bits].map((text) => parseIpBlock(text) as IpBlock);
  parsed.set(bits, blocks);
  return blocks;
}

/** @throws RefinementError */
export function publicIp(given: JsonObject, path: string): CompiledRefinement {
  checkKeys(given, path, ["field", "except"]);
  const field = fieldPath(given.field, `${path}.field`);
  const except = given.except === undefined ? [] : exceptions(given.except, `${path}.except`);
  return {
    holds: (record) => {
      const found = fieldAt(record, field);
      if (found.is !== "there" || typeof found.value !== "string") return true;
      const address = parseIpAddress(found.value);
      if (!address) return !isAws(found.value);
      const within = (block: IpBlock) => inBlock(address, block);
      return !notPublic(address.bits).some(within) && !except.some(({ block }) => within(block));
    },
    describe: () => {
      const known = except.map(({ text }) => text);
      const outside = known.length === 0 ? "" : ` outside ${list(known, "and")}`;
      return `${field.join(".")} is a public internet address${outside}`;
    },
  };
}

function exceptions(value: unknown, path: string): readonly { readonly text: string; readonly block: IpBlock }[] {
  if (!Array.isArray(value)) throw new RefinementError(path, `must be a list of CIDR blocks; it is ${kindOf(value)}`);
  return value.map((text: unknown, index) => {
    const block = typeof text === "string" ? parseIpBlock(text) : undefined;
    if (typeof text !== "string" || !block) {
      const found = typeof text === "string" ? JSON.stringify(text) : kindOf(text);
      throw new RefinementError(
        `${path}[${index}]`,
        `must be a CIDR block such as 198.51.100.0/24 or 2001:db8::/32, not ${found}`,
      );
    }
    return { text, block };
  });
}

/** Whether CloudTrail says so that AWS has made the call. */
function isAws(text: string): boolean {
  return /^([a-z0-9.-]+\.amazonaws\.com(\.cn)?|AWS Internal(\/[0-9]+)?)$/i.test(text);
}
