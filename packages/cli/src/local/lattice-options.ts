import { type LatticeSettings, latticeQuotas } from "@espalier/local-aws";
import { ExitCode, UserError } from "../fail.ts";

/** The options of `espalier local` that say how Lattice behaves. */
export const latticeOptions = {
  choice: {
    type: "string",
    default: "random",
    description: "How a rule shares requests among its groups: random, as on AWS, or deterministic",
  },
  propagation: {
    type: "string",
    default: "0",
    description: "Seconds of AWS time until a change reaches the traffic",
  },
  quotas: {
    type: "string",
    description: `Other quotas than AWS's: rulesPerListener=100; several with commas; one of ${Object.keys(latticeQuotas).join(", ")}`,
  },
  rate: {
    type: "string",
    default: "10000",
    description: "Requests that a service takes in a second; 0 for any number",
  },
  organization: {
    type: "string",
    description: "The organisation that all accounts belong to, as o-50dc6c495c",
  },
  "access-logs": {
    type: "string",
    description: "Folder for the access logs that go to S3, a folder in it for each bucket",
  },
} as const;

interface Given {
  readonly choice: string;
  readonly propagation: string;
  readonly quotas?: string | undefined;
  readonly rate: string;
  readonly organization?: string | undefined;
  readonly "access-logs"?: string | undefined;
}

/** What the options say. Throws UserError. */
export function latticeSettings(args: Given): Partial<LatticeSettings> {
  const rate = number("rate", args.rate);
  return {
    choice: choiceOf(args.choice),
    propagationMs: number("propagation", args.propagation) * 1000,
    requestsPerSecond: rate === 0 ? Number.POSITIVE_INFINITY : rate,
    quotas: { ...latticeQuotas, ...quotasOf(args.quotas) },
    ...(args.organization !== undefined && { organization: organizationOf(args.organization) }),
    ...(args["access-logs"] !== undefined && { accessLogFolder: args["access-logs"] }),
  };
}

function choiceOf(text: string): LatticeSettings["choice"] {
  if (text === "random" || text === "deterministic") return text;
  throw refused(`--choice is "${text}"; it is random or deterministic`);
}

function organizationOf(text: string): string {
  if (/^o-[a-z0-9]{10,32}$/.test(text)) return text;
  throw refused(`--organization is "${text}"; it is o- and 10 to 32 small letters and digits`);
}

function quotasOf(text: string | undefined): Record<string, number> {
  if (text === undefined) return {};
  const pairs = text.split(",").map((entry) => {
    const [name = "", value = ""] = entry.trim().split("=");
    if (!Object.hasOwn(latticeQuotas, name))
      throw refused(`--quotas: "${entry}" names none; they are ${Object.keys(latticeQuotas).join(", ")}`);
    if (!/^\d+$/.test(value)) throw refused(`--quotas: "${entry}" is not NAME=NUMBER, as in services=10`);
    return [name, Number(value)] as const;
  });
  return Object.fromEntries(pairs);
}

function number(option: string, text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && value >= 0 && Number.isFinite(value)) return value;
  throw refused(`--${option} is ${text || "empty"}; it is a number, 0 or more`);
}

const refused = (why: string) => new UserError(why, { exitCode: ExitCode.usage });
