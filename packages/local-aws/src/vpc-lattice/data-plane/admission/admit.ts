import { placeOf } from "../../control-plane/ownership.ts";
import type { Exchange } from "../exchange.ts";
import type { Journey, Notes } from "../journey.ts";
import type { Place } from "../routing/find-service.ts";
import { authContext } from "./auth-context.ts";
import { authenticate, type IdentitySource, isSigned } from "./authenticate.ts";
import { authorise, type Verdict } from "./authorise.ts";

/** `message` is the body of the 403; `caller` is who signed. */
export type Admission =
  | { readonly admitted: true; readonly caller: Notes["caller"] }
  | {
      readonly admitted: false;
      readonly caller: Notes["caller"];
      readonly deniedBy: Extract<Verdict, { allowed: false }>["reason"] | undefined;
      readonly message: string;
    };

interface Surroundings {
  readonly identityOf: IdentitySource;
  readonly clockSkewSeconds: number;
}

/** Whether anything must be checked at all: an unsigned request to what nobody guards may simply pass. */
export function needsAdmission(exchange: Exchange, { network, service }: Place): boolean {
  return network.guard !== undefined || service.guard !== undefined || isSigned(exchange);
}

/** Checks the signature of a request, if it has one, and then the policies. Signatures live on wall time. */
export function admit(
  { exchange, target, place, startedAt }: Journey,
  { identityOf, clockSkewSeconds }: Surroundings,
): Admission {
  const { network, service } = place;
  const who = authenticate(exchange, target.pathAndQuery, identityOf, {
    now: new Date(),
    clockSkewSeconds,
    region: placeOf(service.arn).region,
  });
  if (who.type === "refused") {
    return { admitted: false, caller: "unknown", deniedBy: undefined, message: who.message };
  }
  const caller = who.type === "authenticated" ? who.identity : undefined;
  const verdict = authorise({
    identity: caller,
    action: "vpc-lattice-svcs:Invoke",
    network: network.guard,
    service: service.guard,
    resource: `${service.arn}${target.path}`,
    context: authContext(place, {
      target,
      method: exchange.method,
      headers: exchange.headers,
      clientAddress: exchange.connection.address,
      encrypted: exchange.connection.tls !== undefined,
      at: startedAt,
      identity: caller,
    }),
  });
  if (verdict.allowed) return { admitted: true, caller };
  return { admitted: false, caller, deniedBy: verdict.reason, message: verdict.message };
}
