import type { AccessLogSubscription, TargetGroup } from "../../control-plane/records.ts";
import type { RequestTarget } from "./request-target.ts";
import type { RoutedNetwork, RoutedRule, RoutedService, RoutedVpc } from "./routing.ts";

/** Where a request has arrived, and from which VPC. */
export interface Place {
  readonly source: RoutedVpc;
  readonly network: RoutedNetwork;
  readonly service: RoutedService;
  readonly listener: RoutedListener;
  /** Those of the network and of the service. */
  readonly accessLogs: readonly AccessLogSubscription[];
}

/** A listener with its rules in the order in which they are tried. */
export interface RoutedListener {
  readonly id: string;
  readonly protocol: "HTTP" | "HTTPS" | "TLS_PASSTHROUGH";
  readonly rules: readonly RoutedRule[];
}

/**
 * The service of that name in the network of the VPC, and its listener of that protocol on that port; undefined where there is none.
 */
export function findService(
  source: RoutedVpc,
  { host, port }: Pick<RequestTarget, "host" | "port">,
  protocol: RoutedListener["protocol"],
): Place | undefined {
  const service = source.network.services.get(host);
  const listener = service?.listeners.get(port);
  if (service === undefined || listener?.protocol !== protocol) return undefined;
  return placeAt(source, service, listener);
}

/** The same object for the same place, so that others can keep what they have worked out for it. */
export function placeAt(source: RoutedVpc, service: RoutedService, listener: RoutedListener): Place {
  const ofSource = places.get(source) ?? new Map<RoutedListener, Place>();
  places.set(source, ofSource);
  const known = ofSource.get(listener);
  if (known !== undefined) return known;
  const place = placeOf(source, service, listener);
  ofSource.set(listener, place);
  return place;
}

const places = new WeakMap<RoutedVpc, Map<RoutedListener, Place>>();

function placeOf(source: RoutedVpc, service: RoutedService, listener: RoutedListener): Place {
  const { network } = source;
  return { source, network, service, listener, accessLogs: [...network.accessLogs, ...service.accessLogs] };
}

/** A function of a place and one of its target groups, or none, that is worked out once for each: until the routing changes. */
export function oncePerGroup<T>(
  make: (place: Place, group: TargetGroup | undefined) => T,
): (place: Place, group: TargetGroup | undefined) => T {
  const known = new WeakMap<Place, Map<TargetGroup | undefined, T>>();
  return (place, group) => {
    const ofPlace = known.get(place) ?? new Map<TargetGroup | undefined, T>();
    known.set(place, ofPlace);
    const before = ofPlace.get(group);
    if (before !== undefined) return before;
    const made = make(place, group);
    ofPlace.set(group, made);
    return made;
  };
}
