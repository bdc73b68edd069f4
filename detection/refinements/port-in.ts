import { isObject, type JsonObject } from "../events/json";
import { type CompiledPattern, compilePattern } from "../pattern/compile";
import { describe, list } from "../pattern/describe";
import { matches } from "../pattern/match";
import { type EventPattern, PatternError } from "../pattern/pattern";
import { checkKeys, fieldPaths, nonEmptyList } from "./arguments";
import type { CompiledRefinement } from "./compiled-refinement";
import { fieldAt } from "./field";
import { RefinementError } from "./refinement-error";

/**
 * A rule of a security group opens one of the ports: an element of one of the lists, or an object itself, which is what
 * `where` asks for and whose `fromPort` to `toPort` covers a port.
 *
 * - `ipProtocol` is tcp or udp, by name or number: the range decides. Absent, odd or reversed ends: yes.
 * - `ipProtocol` is icmp or icmpv6: no, whatever the ends, which are a type and a code.
 * - Any other protocol, `-1` foremost: yes. EC2 opens it on all ports, whatever range is given.
 * - `ipProtocol` is absent or neither text nor number: yes.
 * - A list is absent or null: it has no elements. All of them are, or one can't be read: yes.
 * - An element that is no object: yes.
 *
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html
 */
export interface PortIn {
  readonly kind: "portIn";
  /** Paths in the record of lists of rules, or of objects that are one, such as `requestParameters`. */
  readonly within: readonly string[];
  /** An event pattern over one rule: `{ "cidrIp": ["0.0.0.0/0"] }`. */
  readonly where: EventPattern;
  readonly ports: readonly number[];
}

const WITH_PORTS: ReadonlySet<string> = new Set(["tcp", "6", "udp", "17"]);
const WITH_TYPES: ReadonlySet<string> = new Set(["icmp", "1", "icmpv6", "58"]);
const HIGHEST_PORT = 65_535;

/** @throws RefinementError */
export function portIn(given: JsonObject, path: string): CompiledRefinement {
  checkKeys(given, path, ["within", "where", "ports"]);
  const within = fieldPaths(given.within, `${path}.within`);
  const where = compileWhere(given.where, `${path}.where`);
  const ports = nonEmptyList(given.ports, `${path}.ports`, "ports").map((port, index) => {
    if (typeof port !== "number" || portOf(port) === undefined) {
      throw new RefinementError(`${path}.ports[${index}]`, `must be a whole number from 0 to ${HIGHEST_PORT}`);
    }
    return port;
  });
  return {
    holds: (record) => {
      const found = within.map((list) => fieldAt(record, list)).filter(({ is }) => is !== "absent");
      return found.length === 0 || found.some((field) => field.is !== "there" || anyOpens(field.value, where, ports));
    },
    describe: () => {
      const places = list(
        within.map((list) => list.join(".")),
        "or",
      );
      const wanted = list(ports.map(String), "or");
      return `a rule in ${places}, whose ${describe(given.where)}, opens port ${wanted}`;
    },
  };
}

function compileWhere(pattern: unknown, path: string): CompiledPattern {
  try {
    return compilePattern(pattern);
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    const below = error.path.replace(/^\$/, path);
    throw new RefinementError(below, error.message.slice(error.path.length + ": ".length));
  }
}

function anyOpens(value: unknown, where: CompiledPattern, ports: readonly number[]): boolean {
  const rules: readonly unknown[] = Array.isArray(value) ? value : [value];
  return rules.some((rule) => !isObject(rule) || (matches(where, rule) && opens(rule, ports)));
}

function opens({ ipProtocol, fromPort, toPort }: JsonObject, ports: readonly number[]): boolean {
  if (typeof ipProtocol !== "string" && typeof ipProtocol !== "number") return true;
  const protocol = String(ipProtocol).toLowerCase();
  if (WITH_TYPES.has(protocol)) return false;
  if (!WITH_PORTS.has(protocol)) return true;
  const from = portOf(fromPort);
  const to = portOf(toPort);
  if (from === undefined || to === undefined || from > to) return true;
  return ports.some((port) => from <= port && port <= to);
}

/** The port as a number, from a number or the text of one. */
function portOf(value: unknown): number | undefined {
  const port = typeof value === "string" && /^[0-9]+$/.test(value) ? Number(value) : value;
  return typeof port === "number" && Number.isInteger(port) && port >= 0 && port <= HIGHEST_PORT ? port : undefined;
}
