import { isIP } from "node:net";
import { ExitCode, UserError } from "../fail.ts";

/**
 * Where targets, by address, as instances or as load balancers by their ARN, really are on this machine: `10.0.1.10:80=127.0.0.1:4001`, several with commas
 * between them. Throws UserError.
 */
export function resolvedTargets(text: string | undefined): ReadonlyMap<string, string> {
  if (text === undefined) return new Map();
  return new Map(text.split(",").map(parsed));
}

const ip = String.raw`\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-fA-F:]+\]`;
const instance = "i-[0-9a-f]{8,17}";
const balancer = String.raw`arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:\d{12}:loadbalancer/app/[\w-]+/[0-9a-f]+`;
const loopback = String.raw`127(?:\.\d{1,3}){3}|\[::1\]`;
const port = String.raw`:\d{1,5}`;
const isPort = (at: string) => Number(at.slice(at.lastIndexOf(":") + 1)) <= 65_535;
const isHost = (at: string) => /^i-|^arn:/.test(at) || isIP(at.replace(/^\[?(.*?)\]?:\d+$/, "$1")) > 0;
const pair = new RegExp(`^((?:${ip}|${instance}|${balancer})${port})=((?:${loopback})${port})$`);

function parsed(entry: string): [target: string, local: string] {
  const [, target, local] = pair.exec(entry.trim()) ?? [];
  if (target !== undefined && local !== undefined && [target, local].every((at) => isPort(at) && isHost(at)))
    return [target, local];
  throw new UserError(
    `--resolve: "${entry}" is not TARGET=LOCAL, the address, instance or load balancer of a target and one of this machine, each with a port, as in 10.0.1.10:80=127.0.0.1:4001`,
    { exitCode: ExitCode.usage },
  );
}
