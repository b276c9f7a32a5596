import { accessLogs } from "./access-logs.ts";
import { applicationBalancer, networkBalancer } from "./balancers.ts";
import { container } from "./container.ts";
import { customers } from "./customers.ts";
import { endpoints } from "./endpoints.ts";
import { network } from "./network.ts";
import { order } from "./order.ts";
import { servicesOf } from "./payment/account.ts";
import { payment } from "./payment/payment.ts";
import { topologyRoleArn } from "./payment/topology-role.ts";
import { securityGroups } from "./security-groups.ts";

/**
 * The sample: an order function, what it calls, and who may call it. Returns what its topology documents name, where its
 * services can be called from, and payment, which is another account's.
 */
export function shop() {
  const net = network();
  const groups = securityGroups(net.vpc);
  const site = { network: net, groups };
  endpoints(net, groups.endpoints);
  const pays = payment();
  const callers = { privateSubnets: net.subnets.map(({ id }) => id), securityGroups: [groups.order.id] };
  const orders = order(callers, pays.account);
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

  const outputs = {
    shopVpc: net.vpc.id,
    shopSecurityGroup: groups.lattice.id,
    shopAccessLogs: accessLogs(),
    customerRole: customers().arn,
    orderFunction: orders.arn,
    orderRole: orders.nodes.role.arn,
    inventoryV1: inventory(1),
    inventoryV2: inventory(2),
    inventoryV3: inventory(3, { SHOP_ERROR_RATE: "0.05" }),
    deliveryBalancer: delivery.targets,
    paymentAccount: pays.account.id,
    paymentRole: topologyRoleArn(pays.account),
    paymentServices: servicesOf(pays.account),
    paymentVpc: pays.vpc,
    paymentInstances: [...pays.instances],
    paymentDomain: pays.domain.name,
    paymentCertificate: pays.domain.certificate,
  };
  return { outputs, callers, payment: pays };
}
