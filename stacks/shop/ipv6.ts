/** The /64 with this number (from 0 to 255) of a VPC's /56: `ipv6Subnet("2600:1f18:1:ab00::/56", 2)` is `2600:1f18:1:ab02::/64`. */
export function ipv6Subnet(vpcBlock: string, number: number): string {
  const groups = `${vpcBlock.split("::")[0]}`.split(":");
  const [first, second, third = "0", fourth = "0"] = groups;
  const last = (Number.parseInt(fourth, 16) + number).toString(16);
  return `${[first, second, third, last].join(":")}::/64`;
}

/** The address with this number in a /64: `ipv6Address("2600:1f18:1:ab02::/64", 16)` is `2600:1f18:1:ab02::10`. */
export function ipv6Address(subnetBlock: string, number: number): string {
  return `${subnetBlock.slice(0, subnetBlock.indexOf("::"))}::${number.toString(16)}`;
}
