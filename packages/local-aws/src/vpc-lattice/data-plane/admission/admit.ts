import type { IncomingMessage } from "node:http";
import type { Place } from "../routing/find-service.ts";
import type { RequestTarget } from "../routing/request-target.ts";
import { authContext } from "./auth-context.ts";
import { authenticate, type IdentitySource, isSigned } from "./authenticate.ts";
import { authorise, type Identity } from "./authorise.ts";

/** `message` is the body of the 403. */
export type Admission =
  | { readonly admitted: true; readonly identity: Identity | undefined }
  | { readonly admitted: false; readonly message: string };

interface Surroundings {
  readonly identityOf: IdentitySource;
  readonly account: string;
  readonly clientAddress: string;
  readonly sourceVpcId: string;
  /** Wall time: signatures live on it. */
  readonly now: Date;
  readonly clockSkewSeconds: number;
}

/** Whether anything must be checked at all: an unsigned request to what nobody guards may simply pass. */
export function needsAdmission(request: IncomingMessage, { network, service }: Place): boolean {
  return network.guard !== undefined || service.guard !== undefined || isSigned(request);
}

/** Checks the signature of a request, if it has one, and then the policies. */
export async function admit(
  request: IncomingMessage,
  target: RequestTarget,
  { network, service }: Place,
  { identityOf, account, clientAddress, sourceVpcId, now, clockSkewSeconds }: Surroundings,
): Promise<Admission> {
  const who = await authenticate(request, target.pathAndQuery, identityOf, { now, clockSkewSeconds });
  if (who.type === "refused") return { admitted: false, message: who.message };
  const identity = who.type === "authenticated" ? who.identity : undefined;
  const verdict = authorise({
    identity,
    network: network.guard,
    service: service.guard,
    resource: `${service.arn}${target.path}`,
    context: authContext({
      target,
      method: request.method ?? "",
      headers: request.headers,
      clientAddress,
      networkArn: network.arn,
      serviceArn: service.arn,
      sourceVpcId,
      account,
      tags: service.tags,
    }),
  });
  return verdict.allowed ? { admitted: true, identity } : { admitted: false, message: verdict.message };
}
