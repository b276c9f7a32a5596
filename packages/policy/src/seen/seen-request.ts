import * as z from "zod";

/** A request in an access log, as far as it matters to policies. */
export interface SeenRequest {
  /** ARN of a principal or a role's session, or `anonymous`. */
  readonly caller: string;
  readonly service: string;
  readonly network: string;
  readonly sourceVpc: string | undefined;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly allowed: boolean;
  /** Lattice's own, by which a request that is in two logs is known; undefined in lines without one. */
  readonly id: string | undefined;
}

/** Requests that are alike, and how many of them there were. */
export interface Seen extends Omit<SeenRequest, "id"> {
  readonly count: number;
}

/** What is empty is left out, null or "-". */
const Text = z
  .string()
  .nullish()
  .transform((text) => (text === null || text === "-" || text === "" ? undefined : text));

/** https://docs.aws.amazon.com/vpc-lattice/latest/ug/monitoring-access-logs.html */
const Line = z.object({
  resolvedUser: Text,
  callerPrincipal: Text,
  authDeniedReason: Text,
  failureReason: Text,
  serviceArn: z.string(),
  serviceNetworkArn: z.string(),
  sourceVpcId: Text,
  requestMethod: z.string().min(1),
  requestPath: z.string().startsWith("/"),
  requestId: Text,
});

/** A line of an access log; undefined where it is none, or does not say whose request it was: a signature was refused. */
export function seenInLog(message: string): SeenRequest | undefined {
  const { success, data } = Line.safeParse(json(message));
  if (!success || data.resolvedUser === "Unknown") return undefined;
  const { resolvedUser, callerPrincipal, authDeniedReason, failureReason } = data;
  const arn = [resolvedUser, callerPrincipal].find((text) => text?.startsWith("arn:"));
  const [path = data.requestPath] = data.requestPath.split("?", 1);
  return {
    caller: arn ?? "anonymous",
    service: data.serviceArn,
    network: data.serviceNetworkArn,
    sourceVpc: data.sourceVpcId,
    method: data.requestMethod,
    path,
    id: data.requestId,
    allowed: authDeniedReason === undefined && failureReason !== "ClientAccessDenied",
  };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
