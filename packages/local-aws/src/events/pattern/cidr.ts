import ipaddr from "ipaddr.js";
import type { Scalar } from "./json.ts";
import { refusePattern } from "./refuse-pattern.ts";

/** `{"cidr": "10.0.0.0/24"}`, IPv4 or IPv6. As on AWS the mask of a single address is refused. */
export function cidrOperator(operand: unknown): (value: Scalar) => boolean {
  if (typeof operand !== "string") return refusePattern("prefix match pattern must be a string");
  const [address, bits, ...rest] = operand.split("/");
  if (address === undefined || bits === undefined || rest.length > 0) {
    return refusePattern("Malformed CIDR, one '/' required");
  }
  if (!/^[+-]?\d+$/.test(bits)) return refusePattern("Malformed CIDR, mask bits must be an integer");
  const mask = Number(bits);
  if (mask < 0) return refusePattern("Malformed CIDR, mask bits must not be negative");
  const network = parseAddress(address);
  if (network === undefined) return refusePattern(`Nonstandard IP address: ${address}`);
  if (network.kind() === "ipv4" && mask > 31) return refusePattern("IPv4 mask bits must be < 32");
  if (mask > 127) return refusePattern("IPv6 mask bits must be < 128");
  return (value) => {
    const candidate = typeof value === "string" ? parseAddress(value) : undefined;
    return candidate !== undefined && candidate.kind() === network.kind() && candidate.match(network, mask);
  };
}

function parseAddress(text: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text);
  return ipaddr.IPv6.isValid(text) && !text.includes("%") ? ipaddr.IPv6.parse(text) : undefined;
}
