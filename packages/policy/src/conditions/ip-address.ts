import { type Operator, withOpposite } from "./operator.ts";

const [IpAddress, NotIpAddress] = withOpposite({
  takes: "an IP address or a range such as 10.0.0.0/16",
  compile: (value) => {
    const range = readRange(value);
    return range && ((actual) => contains(range, readAddress(actual)));
  },
});

/** Membership of an IPv4 or IPv6 address in a range. */
export const ipAddressOperators = { IpAddress, NotIpAddress } satisfies Record<string, Operator>;

interface Address {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

interface Range extends Address {
  /** Length of the prefix. */
  readonly prefix: number;
}

function contains({ bits, value, prefix }: Range, address: Address | undefined): boolean {
  const rest = BigInt(bits - prefix);
  return address?.bits === bits && address.value >> rest === value >> rest;
}

function readRange(text: string): Range | undefined {
  const [, address = "", prefix] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const read = readAddress(address);
  if (read === undefined) return undefined;
  const length = prefix === undefined ? read.bits : Number(prefix);
  return length <= read.bits ? { ...read, prefix: length } : undefined;
}

function readAddress(text: string): Address | undefined {
  const parts = text.includes(":") ? ipv6Groups(text) : ipv4Bytes(text);
  if (parts === undefined) return undefined;
  const [bits, width] = parts.length === 4 ? ([32, 8n] as const) : ([128, 16n] as const);
  return { bits, value: parts.reduce((value, part) => (value << width) | BigInt(part), 0n) };
}

function ipv4Bytes(text: string): readonly number[] | undefined {
  const bytes = text.split(".");
  const good = bytes.every((byte) => /^(0|[1-9]\d{0,2})$/.test(byte) && Number(byte) < 256);
  return bytes.length === 4 && good ? bytes.map(Number) : undefined;
}

/** Eight groups of 16 bits; one `::` stands for as many zeros as are wanting, and the last two may be written as IPv4. */
function ipv6Groups(text: string): readonly number[] | undefined {
  const halves = text.split("::").map((half) => (half === "" ? [] : half.split(":").flatMap(groupOf)));
  const [head = [], tail = []] = halves;
  const wanting = 8 - head.length - tail.length;
  if (halves.length > 2 || (halves.length === 2 ? wanting < 1 : wanting !== 0)) return undefined;
  const groups = [...head, ...Array<number>(wanting).fill(0), ...tail];
  return groups.some(Number.isNaN) ? undefined : groups;
}

function groupOf(text: string): readonly number[] {
  if (/^[0-9a-f]{1,4}$/i.test(text)) return [Number.parseInt(text, 16)];
  const [a = Number.NaN, b = 0, c = 0, d = 0] = ipv4Bytes(text) ?? [];
  return text.includes(".") ? [a * 256 + b, c * 256 + d] : [Number.NaN];
}
