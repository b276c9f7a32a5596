import { container } from "./container.ts";
import { endpoints } from "./endpoints.ts";
import { network } from "./network.ts";
import { order } from "./order.ts";
import { securityGroups } from "./security-groups.ts";

/** The sample: an order function and the containers that it calls. Returns what a topology document must know of it. */
export function shop() {
  const net = network();
  const groups = securityGroups(net.vpc);
  endpoints(net, groups.endpoints);
  const orders = order(net, groups.order);
  const cluster = new sst.aws.Cluster("Shop", {
    vpc: {
      id: net.vpc.id,
      securityGroups: [groups.containers.id],
      containerSubnets: net.subnets.map((subnet) => subnet.id),
      loadBalancerSubnets: net.balancerSubnets.map((subnet) => subnet.id),
    },
  });
  const runs = (balancer: number, name: string, environment: Record<string, string>) =>
    container({ cluster, network: net, groups, balancer, name, environment });
  const inventory = (version: string) => ({ SHOP_SERVICE: "inventory", SHOP_VERSION: version });

  return {
    shopVpc: net.vpc.id,
    shopSecurityGroup: groups.lattice.id,
    orderFunction: orders.arn,
    orderRole: orders.nodes.role.arn,
    inventoryV1: runs(0, "InventoryV1", inventory("v1")),
    inventoryV2: runs(1, "InventoryV2", inventory("v2")),
    inventoryV3: runs(2, "InventoryV3", { ...inventory("v3"), SHOP_ERROR_RATE: "0.05" }),
    delivery: runs(3, "Delivery", { SHOP_SERVICE: "delivery", SHOP_VERSION: "v1" }),
    payment: runs(4, "Payment", { SHOP_SERVICE: "payment", SHOP_VERSION: "v1" }),
  };
}
