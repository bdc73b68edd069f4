import type { Random } from "../../../tools/random";
import { literal, type Tree, text } from "../tree/tree";

/** Ways to write the same IPv6 address, or what looks like one. */
const SPELLINGS: readonly (readonly string[])[] = [
  ["::1", "0:0:0:0:0:0:0:1", "0000:0000:0000:0000:0000:0000:0000:0001", "::0001", "0::1"],
  ["::", "0:0:0:0:0:0:0:0", "0::0"],
  ["2001:db8::1", "2001:DB8::1", "2001:0db8:0:0:0:0:0:1", "2001:db8:0::1"],
  ["2001:db8::f", "2001:DB8::F"],
  ["2001:db8::9"],
  ["fe80::1", "FE80::1"],
  ["::ffff:102:304", "::FFFF:0102:0304", "1.2.3.4"],
  ["::ffff:1.2.3.4"],
  ["1000:0001::", "1000:1::"],
];

/** Not addresses, though some almost. */
const LOOKALIKES = [
  ..."1.2.3.256|1.2.3|1.2.3.4.5|1.2.3.4 |01.02.03.004|0x1.2.3.4|999.1.1.1|1.2.3.4/32|10.0.0.0/8|4294967295.0.0.0".split(
    "|",
  ),
  ...":|::: |:::|1:2|1::2::3|g::1|12345::|fe80::1%eth0|[::1]|::1/128|0:0:0:0:0:0:0:0:0|a:b|12:30|1:2:3:4:5:6:7:8".split(
    "|",
  ),
];

const QUAD_ENDS = [0, 1, 9, 10, 14, 15, 16, 31, 127, 128, 254, 255];

/** An address as text, a good one more often than not. */
export function anyAddress(random: Random): string {
  return random.weighted<() => string>([
    [6, () => v4(random)],
    [4, () => random.pick(random.pick(SPELLINGS))],
    [2, () => random.pick(LOOKALIKES)],
  ])();
}

function v4(random: Random): string {
  const first = random.pick([1, 10, 10, 16, 85, 192, 255, 0]);
  return [first, random.pick([0, 2, 168]), random.pick([0, 3]), random.pick(QUAD_ENDS)].join(".");
}

/** The same address, as like as not in another spelling. */
export function sameAddress(random: Random, address: string): string {
  const spellings = SPELLINGS.find((group) => group.includes(address));
  if (spellings) return random.pick(spellings);
  if (!/^\d+(\.\d+){3}$/.test(address) || random.chance(0.6)) return address;
  return address.replace(/\d+/g, (quad) => (random.chance(0.5) ? quad.padStart(3, "0") : quad));
}

/** Another address close by. */
export function nextAddress(random: Random, address: string): string {
  return address.replace(/[0-9a-fA-F]$/, (digit) => {
    const moved = Number.parseInt(digit, 16) + random.pick([1, -1]);
    return /^\d+(\.\d+){3}$/.test(address) ? String(Math.max(0, moved)) : (moved & 15).toString(16);
  });
}

/** A network of addresses, in CIDR's writing. */
export interface Network {
  readonly cidr: string;
  readonly inside: readonly Tree[];
  readonly outside: readonly Tree[];
}

export function anyNetwork(random: Random): Network {
  if (random.chance(0.4)) return networkV6(random);
  const base = v4(random);
  const bits = random.pick([0, 1, 7, 8, 9, 15, 16, 23, 24, 25, 28, 30, 31]);
  const number = numberOf(base);
  const mask = bits === 0 ? 0 : (0xffffffff << (32 - bits)) >>> 0;
  const low = (number & mask) >>> 0;
  const high = (low | ~mask) >>> 0;
  const within = (low + random.below(high - low + 1)) >>> 0;
  const at = (address: number): Tree => text(sameAddress(random, quadsOf(address)));
  return {
    cidr: `${sameAddress(random, base)}/${bits}`,
    inside: [at(low), at(high), at(within), text(base)],
    outside: [at((low - 1) >>> 0), at((high + 1) >>> 0), text(anyAddress(random)), digitsOf(random, low)],
  };
}

function networkV6(random: Random): Network {
  const base = random.pick(random.pick(SPELLINGS));
  const bits = random.pick([0, 3, 16, 32, 64, 100, 112, 124, 125, 126, 127]);
  const v6 = base.includes(":");
  return {
    cidr: `${base}/${v6 ? bits : bits % 32}`,
    inside: [text(base), text(sameAddress(random, base)), text(nextAddress(random, base))],
    outside: [text(anyAddress(random)), text(nextAddress(random, base)), text(v4(random)), someDigits(random)],
  };
}

/** An address's hexadecimal digits as a number, which event-ruler takes for the address. */
function digitsOf(random: Random, address: number): Tree {
  const digits = address.toString(16).padStart(8, "0");
  return /^[1-9]\d{7}$/.test(digits) ? literal(digits + random.pick(["", "5"])) : someDigits(random);
}

/** Also with what stands in numbers and not in addresses. */
function someDigits(random: Random): Tree {
  return literal(random.pick(["5", "10000000", "1.5", "3.25", "2e+21", "31.5"]));
}

function numberOf(address: string): number {
  return address.split(".").reduce((sum, quad) => sum * 256 + Number(quad), 0);
}

function quadsOf(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join(".");
}
