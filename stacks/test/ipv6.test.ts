import { describe, expect, test } from "vitest";
import { ipv6Address, ipv6Subnet } from "../shop/ipv6.ts";

describe("a subnet of a VPC's IPv6 block", () => {
  test.for<[block: string, number: number, subnet: string]>([
    ["2600:1f18:1:ab00::/56", 0, "2600:1f18:1:ab00::/64"],
    ["2600:1f18:1:ab00::/56", 255, "2600:1f18:1:abff::/64"],
    ["2600:1f18:1:100::/56", 11, "2600:1f18:1:10b::/64"],
    ["2600:1f18:1::/56", 1, "2600:1f18:1:1::/64"],
    ["2a05:d018::/56", 2, "2a05:d018:0:2::/64"],
  ])("of %s with the number %i is %s", ([block, number, subnet]) => {
    expect(ipv6Subnet(block, number)).toBe(subnet);
  });

  test("has addresses by number", () => {
    expect(ipv6Address("2600:1f18:1:ab02::/64", 17)).toBe("2600:1f18:1:ab02::11");
  });
});
