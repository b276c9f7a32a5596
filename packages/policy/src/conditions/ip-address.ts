import { BlockList, isIP } from "node:net";
import { type Operator, withOpposite } from "./operator.ts";

const [IpAddress, NotIpAddress] = withOpposite({
  takes: "an IP address or a range such as 10.0.0.0/16",
  compile: (value) => {
    const range = rangeOf(value);
    return range && ((actual) => isIP(actual) > 0 && range.check(actual, family(actual)));
  },
});

/** Membership of an IPv4 or IPv6 address in a range. */
export const ipAddressOperators = { IpAddress, NotIpAddress } satisfies Record<string, Operator>;

function rangeOf(text: string): BlockList | undefined {
  const [address = "", prefix, ...rest] = text.split("/");
  const bits = isIP(address) === 4 ? 32 : 128;
  const length = prefix === undefined ? bits : Number(prefix);
  const whole = prefix === undefined || /^\d{1,3}$/.test(prefix);
  if (isIP(address) === 0 || rest.length > 0 || !whole || length > bits) return undefined;
  const range = new BlockList();
  range.addSubnet(address, length, family(address));
  return range;
}

function family(address: string): "ipv4" | "ipv6" {
  return isIP(address) === 4 ? "ipv4" : "ipv6";
}
