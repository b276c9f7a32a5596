import { once } from "node:events";
import { createServer, request, type Server } from "node:http";
import { setTimeout } from "node:timers/promises";
import type { LocalAws } from "@espalier/local-aws";

/** How a version answers: the status of its n-th request, counted from 1, at once or when it has it. */
export type Answers = (n: number) => number | Promise<number>;

export const healthy: Answers = () => 200;

/** Fails one request in `n`. */
export const failingOneIn =
  (n: number): Answers =>
  (k) =>
    k % n === 0 ? 500 : 200;

/** Fails nothing, and takes so many milliseconds more for it. */
export const slowerBy =
  (ms: number): Answers =>
  () =>
    setTimeout(ms, 200);

/** A service on Lattice with a target group a version, each answered by a server on loopback. */
export interface Shop {
  readonly serviceArn: string;
  /** Ids of the target groups by version. */
  readonly groups: Readonly<Record<string, string>>;
  /** Adds a rule that forwards to these versions. */
  addRule(name: string, weights: Readonly<Record<string, number>>): Promise<void>;
  /** Sends requests to the service, all at once; how many no version answered. */
  send(requests: number): Promise<number>;
  /** Every place that forwards, with the weight of each version in it. */
  weights(): Promise<Record<string, Record<string, number>>>;
  /** Deletes the listener, and with it everything that forwards. */
  deleteListener(): Promise<void>;
  /** Writes the default action, as somebody else would. */
  setWeights(weights: Readonly<Record<string, number>>): Promise<void>;
  /** Goes on in another embedded AWS that has the state of the one it was made in. */
  moveTo(aws: LocalAws): void;
  close(): void;
}

const ANSWERED = "x-answered-by-a-version";

// The address book is one for all VPCs, so each has a range of its own.
let shops = 0;

/** `name` with its versions, all traffic on the first. */
export async function shop(
  first: LocalAws,
  name: string,
  versions: Readonly<Record<string, Answers>>,
): Promise<Shop> {
  let aws = first;
  const call = (operation: string, input: object) => aws.call("vpc-lattice", operation, input);
  const servers: Server[] = [];
  const addresses = new Map<string, string>();
  const groups: Record<string, string> = {};
  shops += 1;
  const vpc = `vpc-${String(shops).padStart(17, "0")}`;
  const [range, subnet] = [`10.${shops >> 8}`, shops & 255];
  aws.ec2.putVpc({ vpcId: vpc, cidrBlock: `${range}.0.0/16` });
  for (const [k, [version, answers]] of Object.entries(versions).entries()) {
    const config = { port: 80, protocol: "HTTP", vpcIdentifier: vpc, healthCheck: { enabled: false } };
    const { id } = await call("CreateTargetGroup", { name: `${name}-${version}`, type: "IP", config });
    const server = await answering(answers);
    servers.push(server);
    const address = `${range}.${subnet}.${k + 1}`;
    addresses.set(`${address}:80`, `127.0.0.1:${portOf(server)}`);
    bindAll(aws, addresses);
    await call("RegisterTargets", { targetGroupIdentifier: id, targets: [{ id: address }] });
    groups[version] = id;
  }
  const forward = (weights: Readonly<Record<string, number>>) => ({
    forward: {
      targetGroups: Object.entries(weights).map(([version, weight]) => ({
        targetGroupIdentifier: groups[version],
        weight,
      })),
    },
  });
  const [oldest = ""] = Object.keys(versions);
  const network = await call("CreateServiceNetwork", { name: `${name}-network` });
  const vpcAssociation = { serviceNetworkIdentifier: network.id, vpcIdentifier: vpc };
  await call("CreateServiceNetworkVpcAssociation", vpcAssociation);
  const service = await call("CreateService", { name });
  const at = { serviceIdentifier: service.id };
  const defaultAction = forward({ [oldest]: 100 });
  const listener = await call("CreateListener", { ...at, name: "http", protocol: "HTTP", defaultAction });
  await call("CreateServiceNetworkServiceAssociation", { ...at, serviceNetworkIdentifier: network.id });

  const names = Object.fromEntries(Object.entries(groups).map(([version, id]) => [id, version]));
  const byVersion = (action: ReturnType<typeof forward>) =>
    Object.fromEntries(
      action.forward.targetGroups.map((group) => [names[group.targetGroupIdentifier ?? ""], group.weight]),
    );
  const inListener = { ...at, listenerIdentifier: listener.id };
  let rules = 0;
  return {
    serviceArn: service.arn,
    groups,
    async addRule(rule, weights) {
      rules += 1;
      const match = { httpMatch: { pathMatch: { match: { prefix: `/${rule}` } } } };
      await call("CreateRule", {
        ...inListener,
        name: rule,
        match,
        // What comes before these rules is free for others.
        priority: 10 + rules,
        action: forward(weights),
      });
    },
    async send(requests) {
      const port = await aws.lattice.gateway(vpc);
      const sent = Array.from({ length: requests }, () => get(port, service.dnsEntry.domainName));
      return (await Promise.all(sent)).filter((answered) => !answered).length;
    },
    async weights() {
      const { defaultAction: action } = await call("GetListener", inListener);
      const places: Record<string, Record<string, number>> = { default: byVersion(action) };
      for (const { id, isDefault, name: rule } of (await call("ListRules", inListener)).items) {
        if (isDefault) continue;
        const found = await call("GetRule", { ...inListener, ruleIdentifier: id });
        places[rule] = byVersion(found.action);
      }
      return places;
    },
    async deleteListener() {
      await call("DeleteListener", inListener);
    },
    async setWeights(weights) {
      await call("UpdateListener", { ...inListener, defaultAction: forward(weights) });
    },
    moveTo(next) {
      aws = next;
      bindAll(aws, addresses);
    },
    close() {
      for (const server of servers) server.close();
    },
  };
}

/** Where the targets' addresses really lead to. */
function bindAll({ lattice }: LocalAws, addresses: ReadonlyMap<string, string>): void {
  for (const [address, real] of addresses) lattice.addresses.set(address, real);
}

async function answering(answers: Answers): Promise<Server> {
  let requests = 0;
  const server = createServer(async (_, response) => {
    requests += 1;
    response.writeHead(await answers(requests), { [ANSWERED]: "yes" }).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server does not listen");
  return address.port;
}

/** Whether a version answered; where it did not, Lattice did. */
async function get(port: number, host: string): Promise<boolean> {
  const sent = request({ host: "127.0.0.1", port, path: "/stock", headers: { host } });
  sent.end();
  const [response] = await once(sent, "response");
  response.resume();
  await once(response, "end");
  return response.headers[ANSWERED] !== undefined;
}
