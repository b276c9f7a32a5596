import { readFileSync } from "node:fs";
import path from "node:path";
import {
  countsRequests,
  readsLives,
  readsRoutes,
  readsTopology,
  writesTopology,
} from "../lattice-permissions.ts";
import { type TopologyArgs, topology } from "../topology.ts";
import type { TopologyDoor } from "../topology-door.ts";
import type { Payment } from "./payment/payment.ts";
import { topologyRole } from "./payment/topology-role.ts";

/** What the shop's documents name, and payment, which the second of them is about. */
export interface ShopTopologies {
  readonly values: TopologyArgs["values"];
  readonly payment: Payment;
}

/** The shop's two documents, applied one after the other, and the name in DNS that leads to payment. */
export function shopTopologies(door: TopologyDoor, { values, payment }: ShopTopologies): void {
  const role = topologyRole(payment.account, door.assumedBy, [
    ...readsTopology(),
    ...readsLives(),
    ...readsRoutes(),
    ...writesTopology(),
    countsRequests(),
  ]);
  const { provider } = payment.account;
  const network = written("topology.yaml");
  const shop = topology("ShopTopology", door, {
    // An account shares nothing with itself.
    document: provider ? network : network.replace(/^ *share: .*\n/m, ""),
    values,
  });
  const paymentTopology = topology("ShopPaymentTopology", door, {
    document: written("payment.yaml"),
    values,
    after: [shop, role],
  });
  const service = aws.vpclattice.getServiceOutput(
    { name: "payment" },
    { provider, dependsOn: [paymentTopology] },
  );
  new aws.route53.Record("ShopPaymentName", {
    zoneId: payment.domain.zoneId,
    name: payment.domain.name,
    type: "CNAME",
    ttl: 60,
    records: [service.dnsEntries.apply(([entry]) => entry.domainName)],
  });
}

function written(file: string): string {
  return readFileSync(path.join($cli.paths.root, "packages/shop", file), "utf8");
}
