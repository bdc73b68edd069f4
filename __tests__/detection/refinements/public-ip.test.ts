import { describe, expect, test } from "@jest/globals";
import type { Refinement } from "../../../detection/refinements/refinement";
import { holds } from "./held";

function isPublic(sourceIPAddress: unknown, except?: readonly string[]): boolean {
  const refinement: Refinement = { kind: "publicIp", field: "sourceIPAddress", ...(except && { except }) };
  return holds(refinement, { sourceIPAddress });
}

describe("publicIp", () => {
  test.each([
    ...["8.8.8.8", "1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255"],
    ...["128.0.0.0", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.167.255.255"],
    ...["192.169.0.0", "192.0.1.0", "192.0.3.0", "198.17.255.255", "198.20.0.0", "203.0.112.255", "223.255.255.255"],
    ...["2600:1f18::1", "2a05:d018:abcd::1", "2001:db7:ffff::1", "2001:db9::", "fbff::1", "::2", "3fff:1000::1"],
    ...["::ffff:8.8.8.8", "::FFFF:0808:0808", "0:0:0:0:0:ffff:8.8.8.8", "64:ff9b::8.8.8.8"],
  ])("holds for %s", (address) => {
    expect(isPublic(address)).toBe(true);
  });

  test.each([
    ["this host", "0.0.0.0"],
    ["private", "10.0.0.0"],
    ["private", "10.255.255.255"],
    ["private", "172.16.0.1"],
    ["private", "172.31.255.255"],
    ["private", "192.168.1.1"],
    ["carrier-grade NAT", "100.64.0.0"],
    ["carrier-grade NAT", "100.127.255.255"],
    ["loopback", "127.0.0.1"],
    ["link-local", "169.254.169.254"],
    ["documentation", "192.0.2.1"],
    ["documentation", "198.51.100.1"],
    ["documentation", "203.0.113.77"],
    ["benchmark", "198.19.255.255"],
    ["multicast", "224.0.0.1"],
    ["reserved", "240.0.0.1"],
    ["broadcast", "255.255.255.255"],
    ["unspecified", "::"],
    ["loopback", "::1"],
    ["loopback", "0:0:0:0:0:0:0:1"],
    ["unique local", "fc00::1"],
    ["unique local", "fdff:ffff::1"],
    ["link-local", "fe80::1"],
    ["link-local", "febf::1"],
    ["multicast", "ff02::1"],
    ["documentation", "2001:db8::1"],
    ["documentation", "2001:0DB8:ffff:ffff:ffff:ffff:ffff:ffff"],
    ["documentation", "3fff:fff::1"],
    ["IPv4-mapped private", "::ffff:10.0.0.1"],
    ["IPv4-mapped private", "::ffff:0a00:0001"],
    ["IPv4-mapped loopback", "::ffff:7f00:1"],
  ])("does not hold for %s %s", (_, address) => {
    expect(isPublic(address)).toBe(false);
  });

  test.each([
    "ec2.amazonaws.com",
    "resource-explorer-2.amazonaws.com",
    "delivery.logs.amazonaws.com",
    "ec2.amazonaws.com.cn",
    "AWS Internal",
    "AWS Internal/7",
  ])("does not hold for AWS itself: %s", (name) => {
    expect(isPublic(name)).toBe(false);
  });

  test.each([
    ["a name of somebody else", "ec2.amazonaws.com.example.org"],
    ["a name that only ends like AWS's", "not-amazonaws.com"],
    ["leading zeros", "010.0.0.1"],
    ["too few numbers", "10.1"],
    ["a number that is too large", "10.0.0.256"],
    ["a zone", "fe80::1%eth0"],
    ["spaces around it", " 10.0.0.1"],
    ["a port", "10.0.0.1:443"],
    ["nothing in it", ""],
    ["a number", 167_772_161],
    ["a list", ["10.0.0.1"]],
    ["null", null],
    ["nothing", undefined],
  ])("holds for what it can't judge: %s", (_, value) => {
    expect(isPublic(value)).toBe(true);
  });

  test.each([
    ["in a block", "18.200.1.1", ["18.200.0.0/16"], false],
    ["the first beside a block", "18.201.0.0", ["18.200.0.0/16"], true],
    ["the last before a block", "18.199.255.255", ["18.200.0.0/16"], true],
    ["in the second block", "2a05:d018::1", ["18.200.0.0/16", "2a05:d018::/36"], false],
    ["beside an IPv6 block", "2a05:d018:1000::1", ["2a05:d018::/36"], true],
    ["the one address of a block", "18.200.1.1", ["18.200.1.1/32"], false],
    ["the neighbour of a block's one address", "18.200.1.2", ["18.200.1.1/32"], true],
    ["the one IPv6 address of a block", "2600::1", ["2600::1/128"], false],
    ["in a block that is given by one of its hosts", "18.200.1.1", ["18.200.99.99/16"], false],
    ["IPv4 in a block of all IPv6", "18.200.1.1", ["::/0"], true],
    ["IPv6 in a block of all IPv4", "2600::1", ["0.0.0.0/0"], true],
    ["IPv6 whose first bits are those of an IPv4 block", "1200::1", ["18.0.0.0/8"], true],
    ["mapped IPv4 in an IPv4 block", "::ffff:18.200.1.1", ["18.200.0.0/16"], false],
    ["any where all are excepted", "18.200.1.1", ["0.0.0.0/0"], false],
    ["any where none is excepted", "18.200.1.1", [], true],
  ])("leaves exceptions out: an address %s", (_, address, except, expected) => {
    expect(isPublic(address, except)).toBe(expected);
  });
});
