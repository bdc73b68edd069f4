import { isIPv4, isIPv6 } from "node:net";

/**
 * An address as a number.
 *
 * Not `engine/address.ts`, which compares as EventBridge does: leading zeros, `a00::1` within 10.0.0.0/8, no /32.
 */
export interface IpAddress {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

/** The addresses that have their first bits in common. */
export interface IpBlock {
  readonly bits: 32 | 128;
  /** How many bits are free. */
  readonly free: bigint;
  readonly start: bigint;
}

/**
 * Reads an address; an IPv4 address in IPv6's clothes (`::ffff:10.0.0.1`) is an IPv4 address.
 *
 * @returns undefined of anything that is not surely an address: numbers with leading zeros, addresses with a zone
 */
export function parseIpAddress(text: string): IpAddress | undefined {
  if (isIPv4(text)) return { bits: 32, value: joined(text.split(".").map(Number), 8n) };
  // Node's own test costs a cold start several milliseconds: it is asked only of what may pass it.
  if (!text.includes(":") || text.includes("%") || !isIPv6(text)) return undefined;
  const value = joined(ipv6Groups(text), 16n);
  return value >> 32n === 0xffffn ? { bits: 32, value: value & 0xffffffffn } : { bits: 128, value };
}

function ipv6Groups(text: string): readonly number[] {
  const hexadecimal = text.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...bytes: readonly string[]) => {
    const [a = 0, b = 0, c = 0, d = 0] = bytes.map(Number);
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  });
  const [head = [], tail = []] = hexadecimal
    .split("::")
    .map((half) => (half === "" ? [] : half.split(":").map((group) => Number.parseInt(group, 16))));
  return [...head, ...Array<number>(8 - head.length - tail.length).fill(0), ...tail];
}

function joined(parts: readonly number[], bitsEach: bigint): bigint {
  return parts.reduce((value, part) => (value << bitsEach) | BigInt(part), 0n);
}

/** Reads a CIDR block such as `10.0.0.0/8`; bits after the mask are not looked at. */
export function parseIpBlock(text: string): IpBlock | undefined {
  const [, start, mask] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? [];
  const address = start === undefined ? undefined : parseIpAddress(start);
  if (!address || Number(mask) > address.bits) return undefined;
  const free = BigInt(address.bits - Number(mask));
  return { bits: address.bits, free, start: address.value >> free };
}

export function inBlock(address: IpAddress, { bits, free, start }: IpBlock): boolean {
  return address.bits === bits && address.value >> free === start;
}
