/**
 * IP addresses as EventBridge compares them: as upper-case hexadecimal digits, 8 of an IPv4 address, 32 of an IPv6 one.
 */

/** From one address to another, both as digits of one length. */
export interface AddressRange {
  readonly bottom: string;
  readonly top: string;
}

const IPV4 = /^[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+$/;
const IPV6 = /^[0-9a-fA-F:]*:[0-9a-fA-F:]*$/;

const ZERO = 0x30;
const NINE = 0x39;

/** The digits of an address in whatever spelling (`::1`, `0:0:0:0:0:0:0:1`, `010.0.0.1`); undefined of anything else. */
export function addressDigits(text: string): string | undefined {
  // Most texts are ruled out before a regular expression, dear where it is new, is asked.
  if (text.includes(":")) return IPV6.test(text) ? ipv6Digits(text) : undefined;
  const first = text.charCodeAt(0);
  return first >= ZERO && first <= NINE && IPV4.test(text) ? ipv4Digits(text) : undefined;
}

function ipv4Digits(text: string): string | undefined {
  if (text.length > 15) return undefined;
  const bytes = text.split(".").map(Number);
  return bytes.some((byte) => byte > 0xff) ? undefined : bytes.map((byte) => hex(byte, 2)).join("");
}

function ipv6Digits(text: string): string | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map((half) => (half === "" ? [] : half.split(":")));
  const groups = [...(head as string[]), ...(tail ?? [])];
  if (groups.some((group) => group === "" || Number.parseInt(group, 16) > 0xffff)) return undefined;
  const missing = 8 - groups.length;
  if (tail ? missing < 1 : missing !== 0) return undefined;
  groups.splice((head as string[]).length, 0, ...Array<string>(missing).fill("0"));
  const digits = groups.map((group) => hex(Number.parseInt(group, 16), 4)).join("");
  // An IPv4 address in IPv6's clothes is an IPv4 address.
  return digits.startsWith("00000000000000000000FFFF") ? digits.slice(24) : digits;
}

function hex(value: number, length: number): string {
  return value.toString(16).toUpperCase().padStart(length, "0");
}

/**
 * The addresses of a CIDR block such as `10.0.0.0/8`; bits of the host are allowed.
 *
 * @returns what is wrong with it, when something is
 */
export function parseCidr(text: string): AddressRange | string {
  const [address, mask, ...more] = text.replace(/\/+$/, "").split("/");
  const digits = addressDigits(address ?? "");
  if (!digits || mask === undefined || more.length > 0) return "must be an address and a mask such as 10.0.0.0/8";
  const bits = digits.length * 4;
  if (!/^[+-]?[0-9]+$/.test(mask) || Number(mask) < 0 || Number(mask) >= bits) {
    return `must have a mask from 0 to ${bits - 1}`;
  }
  const host = (1n << BigInt(bits - Number(mask))) - 1n;
  const value = BigInt(`0x${digits}`);
  const ends = [value & ~host, value | host].map((end) => end.toString(16).toUpperCase().padStart(digits.length, "0"));
  return { bottom: ends[0] as string, top: ends[1] as string };
}

/**
 * Whether EventBridge finds the digits within the range.
 *
 * It compares digit by digit and stops as soon as the outcome is known, also where one side has 8 digits and the other
 * 32: `a00::1` is in `10.0.0.0/8` (0A…), and `16.0.0.0` in `::/0`.
 */
export function inRange({ bottom, top }: AddressRange, digits: string): boolean {
  if (digits.length < bottom.length) {
    return bottom.slice(0, digits.length) < digits && digits < top.slice(0, digits.length);
  }
  const start = digits.slice(0, bottom.length);
  return bottom <= start && start <= top;
}
