import type { AccessLogSubscription } from "../../control-plane/records.ts";
import { remember } from "../remember.ts";
import type { RequestTarget } from "./request-target.ts";
import type { RoutedNetwork, RoutedRule, RoutedService } from "./routing.ts";

/** Where a request has arrived. */
export interface Place {
  readonly network: RoutedNetwork;
  readonly service: RoutedService;
  readonly listener: RoutedListener;
  /** Those of the network and of the service. */
  readonly accessLogs: readonly AccessLogSubscription[];
  /** What a target of the group is told of where it is, in the header `x-amzn-lattice-target`. */
  targetHeader(groupArn: string): string;
}

/** A listener with its rules in the order in which they are tried. */
export interface RoutedListener {
  readonly id: string;
  readonly protocol: "HTTP" | "HTTPS" | "TLS_PASSTHROUGH";
  readonly rules: readonly RoutedRule[];
}

/**
 * The service of that name in the network, and its listener of that protocol on that port; undefined where there is none.
 */
export function findService(
  network: RoutedNetwork,
  { host, port }: Pick<RequestTarget, "host" | "port">,
  protocol: RoutedListener["protocol"],
): Place | undefined {
  const service = network.services.get(host);
  const listener = service?.listeners.get(port);
  if (service === undefined || listener?.protocol !== protocol) return undefined;
  return placeOf(network, service, listener);
}

const places = new WeakMap<RoutedNetwork, Map<RoutedListener, Place>>();

/** The same object for the same place, so that others can keep what they have worked out for it. */
function placeOf(network: RoutedNetwork, service: RoutedService, listener: RoutedListener): Place {
  const ofNetwork = places.get(network) ?? new Map<RoutedListener, Place>();
  places.set(network, ofNetwork);
  const known = ofNetwork.get(listener);
  if (known !== undefined) return known;
  const around = `ServiceArn=${service.arn}; ServiceNetworkArn=${network.arn}; TargetGroupArn=`;
  const place: Place = {
    network,
    service,
    listener,
    accessLogs: [...network.accessLogs, ...service.accessLogs],
    targetHeader: remember(100, (groupArn) => around + groupArn),
  };
  ofNetwork.set(listener, place);
  return place;
}
