import type { RequestTarget } from "./request-target.ts";
import type { RoutedNetwork, RoutedRule, RoutedService, Routing } from "./routing.ts";

/** Where a request has arrived. */
export interface Place {
  readonly network: RoutedNetwork;
  readonly service: RoutedService;
  readonly rules: readonly RoutedRule[];
}

/**
 * The service of that name in the network that the caller's VPC is associated with, and the rules of its listener on that
 * port; undefined where there is none.
 */
export function findService(
  routing: Routing,
  vpcId: string,
  { host, port }: RequestTarget,
): Place | undefined {
  const network = routing.networks.get(vpcId);
  const service = network?.services.get(host);
  const rules = service?.listeners.get(port);
  if (network === undefined || service === undefined || rules === undefined) return undefined;
  return { network, service, rules };
}
