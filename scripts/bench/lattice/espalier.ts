import { startLocalAws } from "../../../packages/local-aws/src/index.ts";
import { say } from "./child.ts";
import { plainRequest, signedGetRule, signedRequest } from "./requests.ts";

const vpcId = "vpc-0123456789abcdef0";

/**
 * The embedded Lattice with one service: a rule that shares 80 to 20 between two target groups, both at the one target. With
 * `guarded`, the network and the service each have a policy and requests must be signed; with `logged`, an access log.
 */
const [targetPort, ...traits] = process.argv.slice(2);
const guarded = traits.includes("guarded");
const logged = traits.includes("logged");

const aws = await startLocalAws({
  lattice: { transitionMs: 0, requestsPerSecond: Number.POSITIVE_INFINITY },
});
aws.ec2.putVpc({ vpcId, cidrBlock: "10.0.0.0/16" });
const call = (operation: string, input: object) => aws.call("vpc-lattice", operation, input);
const authType = guarded ? "AWS_IAM" : "NONE";
const network = await call("CreateServiceNetwork", { name: "shop", authType });
await call("CreateServiceNetworkVpcAssociation", {
  serviceNetworkIdentifier: network.id,
  vpcIdentifier: vpcId,
});
const service = await call("CreateService", { name: "inventory", authType });
const groups = [await group("stable", "10.0.0.1"), await group("candidate", "10.0.0.2")];
const listener = await call("CreateListener", {
  serviceIdentifier: service.id,
  name: "http",
  protocol: "HTTP",
  defaultAction: { fixedResponse: { statusCode: 404 } },
});
const rule = await call("CreateRule", {
  serviceIdentifier: service.id,
  listenerIdentifier: listener.id,
  name: "stock",
  priority: 10,
  match: { httpMatch: { method: "GET", pathMatch: { match: { prefix: "/stock" } } } },
  action: {
    forward: {
      targetGroups: groups.map((targetGroupIdentifier, index) => ({
        targetGroupIdentifier,
        weight: [80, 20][index],
      })),
    },
  },
});
await call("CreateServiceNetworkServiceAssociation", {
  serviceIdentifier: service.id,
  serviceNetworkIdentifier: network.id,
});
if (guarded) {
  await allowRoot(network.id);
  await allowRoot(service.id);
}
if (logged) {
  await aws.call("logs", "CreateLogGroup", { logGroupName: "access" });
  await call("CreateAccessLogSubscription", {
    resourceIdentifier: service.id,
    destinationArn: `arn:aws:logs:${aws.region}:${aws.account}:log-group:access`,
  });
}

const host: string = service.dnsEntry.domainName;
const { endpoint, region, credentials } = aws;
say({
  port: await aws.lattice.gateway(vpcId),
  request: guarded ? await signedRequest(host, { credentials, region }) : plainRequest(host),
  controlPlane: {
    port: Number(new URL(endpoint).port),
    request: await signedGetRule(
      { endpoint, region, credentials },
      { serviceIdentifier: service.id, listenerIdentifier: listener.id, ruleIdentifier: rule.id },
    ),
  },
});

async function group(name: string, address: string): Promise<string> {
  const config = { port: 80, protocol: "HTTP", vpcIdentifier: vpcId, healthCheck: { enabled: false } };
  const { id } = await call("CreateTargetGroup", { name, type: "IP", config });
  aws.lattice.addresses.set(`${address}:80`, `127.0.0.1:${targetPort}`);
  await call("RegisterTargets", { targetGroupIdentifier: id, targets: [{ id: address }] });
  return id;
}

function allowRoot(resourceIdentifier: string) {
  const Statement = {
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${aws.account}:root` },
    Action: "vpc-lattice-svcs:Invoke",
    Resource: `${service.arn}/stock*`,
    Condition: { StringEquals: { "vpc-lattice-svcs:RequestMethod": "GET" } },
  };
  return call("PutAuthPolicy", {
    resourceIdentifier,
    policy: JSON.stringify({ Version: "2012-10-17", Statement }),
  });
}
