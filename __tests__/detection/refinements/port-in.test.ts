import { describe, expect, test } from "@jest/globals";
import type { Refinement } from "../../../detection/refinements/refinement";
import { holds } from "./held";

const opened: Refinement = {
  kind: "portIn",
  within: ["requestParameters", "requestParameters.ipPermissions.items"],
  where: {
    $or: [
      { cidrIp: ["0.0.0.0/0"] },
      { ipRanges: { items: { cidrIp: ["0.0.0.0/0"] } } },
      { ipv6Ranges: { items: { cidrIpv6: ["::/0"] } } },
    ],
  },
  ports: [22, 3389],
};

const world = { ipRanges: { items: [{ cidrIp: "0.0.0.0/0" }] } };
const ssh = { ipProtocol: "tcp", fromPort: 22, toPort: 22, ...world };
const https = { ...ssh, fromPort: 443, toPort: 443 };

/** What AuthorizeSecurityGroupIngress writes for a list of rules. */
const rules = (...items: readonly unknown[]) => ({
  requestParameters: { groupId: "sg-0123456789abcdef0", ipPermissions: { items } },
});

describe("portIn", () => {
  test.each([
    ["one of the ports", ssh, true],
    ["another of the ports", { ...ssh, fromPort: 3389, toPort: 3389 }, true],
    ["a range that ends with a port", { ...ssh, fromPort: 0 }, true],
    ["a range that begins with a port", { ...ssh, toPort: 1024 }, true],
    ["every port", { ...ssh, fromPort: 0, toPort: 65_535 }, true],
    ["another port", https, false],
    ["a range that ends before a port", { ...ssh, fromPort: 0, toPort: 21 }, false],
    ["a range between two ports", { ...ssh, fromPort: 23, toPort: 3388 }, false],
    ["a range that begins after the ports", { ...ssh, fromPort: 3390, toPort: 65_535 }, false],
    ["the port as text", { ...ssh, fromPort: "22", toPort: "22" }, true],
    ["another port as text", { ...https, fromPort: "443", toPort: "443" }, false],
    ["the port over udp", { ...ssh, ipProtocol: "udp" }, true],
    ["the port over tcp by number", { ...ssh, ipProtocol: "6" }, true],
    ["another port over tcp by number", { ...https, ipProtocol: 6 }, false],
    ["another port over udp by number", { ...https, ipProtocol: "17" }, false],
    ["another port over TCP in capitals", { ...https, ipProtocol: "TCP" }, false],
    ["every protocol", { ipProtocol: "-1", ...world }, true],
    ["every protocol, by a number", { ipProtocol: -1, ...world }, true],
    ["every protocol, whatever the range", { ...https, ipProtocol: "-1" }, true],
    ["a protocol without ports", { ...https, ipProtocol: "47" }, true],
    ["echo replies", { ipProtocol: "icmp", fromPort: 0, toPort: -1, ...world }, false],
    ["ICMP with the port for a type", { ...ssh, ipProtocol: "icmp" }, false],
    ["ICMP by number", { ...ssh, ipProtocol: "1" }, false],
    ["ICMPv6", { ipProtocol: "icmpv6", ...world }, false],
    ["ICMPv6 by number", { ipProtocol: "58", fromPort: -1, toPort: -1, ...world }, false],
  ])("judges a rule that opens %s to the world", (_, rule, expected) => {
    expect(holds(opened, rules(rule))).toBe(expected);
  });

  test.each([
    ["tcp without ports", { ipProtocol: "tcp", ...world }],
    ["tcp without an end", { ipProtocol: "tcp", fromPort: 443, ...world }],
    ["tcp with null for ports", { ipProtocol: "tcp", fromPort: null, toPort: null, ...world }],
    ["tcp with -1 for ports", { ipProtocol: "tcp", fromPort: -1, toPort: -1, ...world }],
    ["ports that are none", { ...https, toPort: 70_000 }],
    ["ports with a fraction", { ...https, fromPort: 443.5 }],
    ["ports in words", { ...https, fromPort: "https" }],
    ["ports in hexadecimal", { ...https, fromPort: "0x1bb" }],
    ["an empty text for a port", { ...https, fromPort: "" }],
    ["the ends reversed", { ...https, fromPort: 500 }],
    ["no protocol", { fromPort: 443, toPort: 443, ...world }],
    ["a list for a protocol", { ...https, ipProtocol: ["tcp"] }],
  ])("holds for what it can't judge: %s", (_, rule) => {
    expect(holds(opened, rules(rule))).toBe(true);
  });

  test("asks for the port in a rule that where matches, and in no other", () => {
    const inside = { ...ssh, ipRanges: { items: [{ cidrIp: "10.0.0.0/8" }] } };

    expect(holds(opened, rules(inside))).toBe(false);
    expect(holds(opened, rules(https, inside))).toBe(false);
    expect(holds(opened, rules(https, inside, ssh))).toBe(true);
    expect(holds(opened, rules({ ...inside, ipv6Ranges: { items: [{ cidrIpv6: "::/0" }] } }))).toBe(true);
  });

  test("reads the flat shape, where the parameters are the rule", () => {
    const flat = { groupId: "sg-0123456789abcdef0", ipProtocol: "tcp", fromPort: 22, toPort: 22, cidrIp: "0.0.0.0/0" };

    expect(holds(opened, { requestParameters: { ...flat, ipPermissions: {} } })).toBe(true);
    expect(holds(opened, { requestParameters: { ...flat, fromPort: 443, toPort: 443 } })).toBe(false);
    expect(holds(opened, { requestParameters: { ...flat, cidrIp: "10.0.0.0/8" } })).toBe(false);
  });

  test.each([
    ["no parameters", {}, true],
    ["null for parameters", { requestParameters: null }, true],
    ["parameters that were left out", { requestParameters: { omitted: true } }, true],
    ["a text for parameters", { requestParameters: "x" }, true],
    ["a list for permissions", { requestParameters: { ipPermissions: [https] } }, true],
    ["a text for a rule", rules("tcp"), true],
    ["null for a rule", rules(null), true],
    ["a list for a rule", rules([https]), true],
    ["no rule", rules(), false],
    ["no permissions", { requestParameters: { ipPermissions: {} } }, false],
    ["null for permissions", { requestParameters: { ipPermissions: null } }, false],
  ])("judges a record with %s", (_, record, expected) => {
    expect(holds(opened, record)).toBe(expected);
  });
});
