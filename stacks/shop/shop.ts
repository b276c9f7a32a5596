import { applicationBalancer, networkBalancer } from "./balancers.ts";
import { container } from "./container.ts";
import { endpoints } from "./endpoints.ts";
import { network } from "./network.ts";
import { order } from "./order.ts";
import { securityGroups } from "./security-groups.ts";

/**
 * The sample: an order function and the containers that it calls. Returns what a topology document must know of it, and where its
 * services can be called from.
 */
export function shop() {
  const net = network();
  const groups = securityGroups(net.vpc);
  const site = { network: net, groups };
  endpoints(net, groups.endpoints);
  const callers = { privateSubnets: net.subnets.map(({ id }) => id), securityGroups: [groups.order.id] };
  const orders = order(callers);
  const cluster = new sst.aws.Cluster("Shop", {
    vpc: {
      id: net.vpc.id,
      securityGroups: [groups.containers.id],
      containerSubnets: net.subnets.map((subnet) => subnet.id),
      loadBalancerSubnets: net.balancerSubnets.map((subnet) => subnet.id),
    },
  });
  const inventory = (version: number, faults = {}) => {
    const name = `InventoryV${version}`;
    const { targets, targetGroupArn } = networkBalancer(name, version, site);
    const environment = { SHOP_SERVICE: "inventory", SHOP_VERSION: `v${version}`, ...faults };
    container({ cluster, name, targetGroupArn, environment });
    return targets;
  };
  const delivery = applicationBalancer("Delivery", site);
  container({
    cluster,
    name: "Delivery",
    targetGroupArn: delivery.targetGroupArn,
    environment: { SHOP_SERVICE: "delivery", SHOP_VERSION: "v1" },
  });
  const payment = networkBalancer("Payment", 4, site);
  container({
    cluster,
    name: "Payment",
    targetGroupArn: payment.targetGroupArn,
    environment: { SHOP_SERVICE: "payment", SHOP_VERSION: "v1" },
  });

  const outputs = {
    shopVpc: net.vpc.id,
    shopSecurityGroup: groups.lattice.id,
    orderFunction: orders.arn,
    orderRole: orders.nodes.role.arn,
    inventoryV1: inventory(1),
    inventoryV2: inventory(2),
    inventoryV3: inventory(3, { SHOP_ERROR_RATE: "0.05" }),
    deliveryBalancer: delivery.targets,
    payment: payment.targets,
  };
  return { outputs, callers };
}
