import { isDeepStrictEqual } from "node:util";
import type { CreateListenerInput, CreateListenerOutput } from "@aws-sdk/client-elastic-load-balancing-v2";
import { AwsError } from "../aws-error.ts";
import type { Operation, Platform } from "../platform.ts";
import type { BalancerListener, Balancers } from "./balancers.ts";
import { existingBalancer } from "./existing-balancer.ts";
import { invalid } from "./invalid.ts";

const protocols: Readonly<Record<string, readonly string[]>> = {
  application: ["HTTP", "HTTPS"],
  network: ["TCP", "TCP_UDP", "TLS", "UDP"],
};

/**
 * What it forwards to is kept as it was told, and not looked at.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html
 */
export function createListener(
  kept: Balancers,
  { hexId }: Pick<Platform, "hexId">,
): Operation<CreateListenerInput, CreateListenerOutput> {
  return {
    permissions: ({ LoadBalancerArn = "" }) => [
      { action: "elasticloadbalancing:CreateListener", resource: LoadBalancerArn },
    ],
    run({ LoadBalancerArn = "", Port, Protocol, Tags = [], ...rest }) {
      const { Type } = existingBalancer(kept, LoadBalancerArn);
      const known = protocols[Type] ?? [];
      if (Protocol === undefined || !known.includes(Protocol))
        throw invalid(`Protocol is '${Protocol}'; a ${Type} load balancer has ${known.join(", ")}`);
      if (Port === undefined || !(Port >= 1 && Port <= 65_535))
        throw invalid(`Port is ${Port}; it is 1 to 65535`);
      if (Tags.length > 0) throw invalid("Tags of listeners are not offered by this local AWS");
      const settings = { LoadBalancerArn, Port, Protocol, ...rest };
      const taken = kept.listeners
        .values()
        .find((each) => each.LoadBalancerArn === LoadBalancerArn && each.Port === Port);
      if (taken !== undefined) return { Listeners: [sameAs(taken, settings)] };
      const ListenerArn = `${LoadBalancerArn.replace(":loadbalancer/", ":listener/")}/${hexId(16)}`;
      const made = { ListenerArn, ...settings };
      kept.listeners.set(made.ListenerArn, made);
      return { Listeners: [made] };
    },
  };
}

/** As it is asked for again: the same, unless it is to be another. */
function sameAs(taken: BalancerListener, settings: object): BalancerListener {
  if (isDeepStrictEqual({ ...taken, ...settings }, taken)) return taken;
  const message = "A listener already exists on this port for this load balancer";
  throw new AwsError("DuplicateListenerException", message);
}
