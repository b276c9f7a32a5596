import type { Write } from "../src/index.ts";
import type { Draft } from "./model-lattice.ts";

type Writes = { [O in Write["operation"]]: (input: Extract<Write, { operation: O }>["input"]) => void };

type ListenerIds = { serviceIdentifier: string; listenerIdentifier: string };

/** What each write does to what exists. A failure has Lattice's error name in front. */
export function modelWrites(now: Draft): Writes {
  let last = 0;
  const made = (kind: string, path: string) => {
    last += 1;
    const id = `${kind}-${String(last).padStart(17, "0")}`;
    return { id, arn: `arn:aws:vpc-lattice:us-east-1:123456789012:${path}/${id}` };
  };
  const unlogged = () => ({ accessLogs: [], share: undefined });
  const network = (id: string) => withId(now.networks, id);
  const service = (id: string) => withId(now.services, id);
  const group = (id: string) => withId(now.targetGroups, id);
  const listener = (ids: ListenerIds) =>
    withId(service(ids.serviceIdentifier).listeners, ids.listenerIdentifier);
  const holder = (id: string) => withId([...now.networks, ...now.services], id);
  const joinable = (named: string) =>
    found([...now.networks, ...now.otherNetworks].find(({ id, arn }) => id === named || arn === named));
  const shared = (arn: string) =>
    found([...now.networks, ...now.services].find(({ share }) => share?.arn === arn));
  const logged = (id: string) =>
    found(
      [...now.networks, ...now.services].find(({ accessLogs }) => accessLogs.some((log) => log.id === id)),
    );
  const dissociate = (id: string) => {
    for (const one of now.networks) one.vpcs = one.vpcs.filter((association) => association.id !== id);
    for (const one of [...now.networks, ...now.otherNetworks])
      one.services = one.services.filter((association) => association.id !== id);
  };

  return {
    CreateServiceNetwork(input) {
      refuseSameName(now.networks, input.name);
      now.networks.push({
        ...made("sn", "servicenetwork"),
        ...input,
        policy: "",
        ...unlogged(),
        vpcs: [],
        services: [],
      });
    },
    UpdateServiceNetwork({ serviceNetworkIdentifier, authType }) {
      network(serviceNetworkIdentifier).authType = authType;
    },
    DeleteServiceNetwork({ serviceNetworkIdentifier }) {
      const { vpcs, services } = network(serviceNetworkIdentifier);
      refuseIf(vpcs.length + services.length > 0, "has associations");
      remove(now.networks, serviceNetworkIdentifier);
    },
    CreateServiceNetworkVpcAssociation({
      serviceNetworkIdentifier,
      vpcIdentifier,
      securityGroupIds = [],
      tags,
    }) {
      const thing = made("snva", "servicenetworkvpcassociation");
      const own = { vpc: vpcIdentifier, securityGroups: securityGroupIds, status: "ACTIVE", tags };
      network(serviceNetworkIdentifier).vpcs.push({ ...thing, ...own });
    },
    UpdateServiceNetworkVpcAssociation({ serviceNetworkVpcAssociationIdentifier, securityGroupIds }) {
      const all = now.networks.flatMap(({ vpcs }) => vpcs);
      withId(all, serviceNetworkVpcAssociationIdentifier).securityGroups = securityGroupIds;
    },
    DeleteServiceNetworkVpcAssociation({ serviceNetworkVpcAssociationIdentifier }) {
      dissociate(serviceNetworkVpcAssociationIdentifier);
    },
    CreateServiceNetworkServiceAssociation({ serviceNetworkIdentifier, serviceIdentifier, tags }) {
      const { name, arn: serviceArn } = service(serviceIdentifier);
      const own = { service: name, serviceArn, status: "ACTIVE", tags };
      const thing = made("snsa", "servicenetworkserviceassociation");
      joinable(serviceNetworkIdentifier).services.push({ ...thing, ...own });
    },
    DeleteServiceNetworkServiceAssociation({ serviceNetworkServiceAssociationIdentifier }) {
      dissociate(serviceNetworkServiceAssociationIdentifier);
    },
    CreateService({ idleTimeoutSeconds = 60, customDomainName: customDomain, certificateArn, ...input }) {
      refuseSameName(now.services, input.name);
      const own = {
        status: "ACTIVE",
        policy: "",
        domainName: `${input.name}.on.aws`,
        ...unlogged(),
        listeners: [],
      };
      const domain = { customDomain, certificate: certificateArn };
      now.services.push({ ...made("svc", "service"), ...input, ...own, ...domain, idleTimeoutSeconds });
    },
    UpdateService({ serviceIdentifier, certificateArn, ...input }) {
      const certificate = certificateArn === undefined ? {} : { certificate: certificateArn || undefined };
      Object.assign(service(serviceIdentifier), { ...input, ...certificate });
    },
    DeleteService({ serviceIdentifier }) {
      const { arn } = service(serviceIdentifier);
      const networks = [...now.networks, ...now.otherNetworks];
      refuseIf(
        networks.some(({ services }) => services.some((one) => one.serviceArn === arn)),
        "is associated",
      );
      remove(now.services, serviceIdentifier);
    },
    CreateListener({ serviceIdentifier, ...input }) {
      const { listeners } = service(serviceIdentifier);
      refuseSameName(listeners, input.name);
      listeners.push({ ...made("listener", "listener"), ...input, rules: [] });
    },
    UpdateListener({ defaultAction, ...ids }) {
      listener(ids).defaultAction = defaultAction;
    },
    DeleteListener({ serviceIdentifier, listenerIdentifier }) {
      remove(service(serviceIdentifier).listeners, listenerIdentifier);
    },
    CreateRule({ serviceIdentifier, listenerIdentifier, ...input }) {
      const { rules } = listener({ serviceIdentifier, listenerIdentifier });
      refuseSameName(rules, input.name);
      refuseIf(
        rules.some(({ priority }) => priority === input.priority),
        "has a rule of this priority",
      );
      rules.push({ ...made("rule", "rule"), ...input });
    },
    UpdateRule({ serviceIdentifier, listenerIdentifier, ruleIdentifier, ...input }) {
      const { rules } = listener({ serviceIdentifier, listenerIdentifier });
      const others = rules.filter(({ id }) => id !== ruleIdentifier);
      refuseIf(
        others.some(({ priority }) => priority === input.priority),
        "has a rule of this priority",
      );
      Object.assign(withId(rules, ruleIdentifier), input);
    },
    DeleteRule({ ruleIdentifier, ...ids }) {
      remove(listener(ids).rules, ruleIdentifier);
    },
    CreateTargetGroup({ config, ...input }) {
      refuseSameName(now.targetGroups, input.name);
      now.targetGroups.push({
        ...made("tg", "targetgroup"),
        ...input,
        port: config.port,
        protocol: config.protocol,
        protocolVersion: config.protocolVersion,
        ipAddressType: config.ipAddressType,
        vpc: config.vpcIdentifier,
        lambdaEventStructureVersion: config.lambdaEventStructureVersion,
        healthCheck: config.healthCheck,
        status: "ACTIVE",
        usedBy: [],
        targets: [],
        functionPolicy: undefined,
      });
    },
    UpdateTargetGroup({ targetGroupIdentifier, healthCheck }) {
      group(targetGroupIdentifier).healthCheck = healthCheck;
    },
    DeleteTargetGroup({ targetGroupIdentifier }) {
      const { usedBy, targets } = group(targetGroupIdentifier);
      refuseIf(usedBy.length + targets.length > 0, "is in use");
      remove(now.targetGroups, targetGroupIdentifier);
    },
    RegisterTargets({ targetGroupIdentifier, targets }) {
      const { port: usual, targets: present } = group(targetGroupIdentifier);
      for (const { id, port = usual } of targets) present.push({ id, port, status: "INITIAL" });
    },
    DeregisterTargets({ targetGroupIdentifier, targets }) {
      const from = group(targetGroupIdentifier);
      const leaving = targets.map(({ id, port = from.port }) => `${id} ${port}`);
      from.targets = from.targets.filter(({ id, port }) => !leaving.includes(`${id} ${port}`));
    },
    PutAuthPolicy({ resourceIdentifier, policy }) {
      holder(resourceIdentifier).policy = policy;
    },
    DeleteAuthPolicy({ resourceIdentifier }) {
      holder(resourceIdentifier).policy = "";
    },
    CreateAccessLogSubscription({ resourceIdentifier, destinationArn: destination, tags }) {
      const { accessLogs } = holder(resourceIdentifier);
      refuseIf(
        accessLogs.some((log) => log.destination.split(":")[2] === destination.split(":")[2]),
        "has a log of this kind",
      );
      accessLogs.push({ ...made("als", "accesslogsubscription"), destination, tags });
    },
    UpdateAccessLogSubscription({ accessLogSubscriptionIdentifier: id, destinationArn }) {
      withId(logged(id).accessLogs, id).destination = destinationArn;
    },
    DeleteAccessLogSubscription({ accessLogSubscriptionIdentifier: id }) {
      remove(logged(id).accessLogs, id);
    },
    CreateResourceShare({ resourceArns, principals }) {
      for (const one of [...now.networks, ...now.services].filter(({ arn }) => resourceArns.includes(arn)))
        one.share = { arn: made("share", "resource-share").arn, principals };
    },
    AssociateResourceShare({ resourceShareArn, principals }) {
      shared(resourceShareArn).share?.principals.push(...principals);
    },
    DisassociateResourceShare({ resourceShareArn, principals }) {
      const holder = shared(resourceShareArn);
      const staying = holder.share?.principals.filter((one) => !principals.includes(one)) ?? [];
      holder.share = { arn: resourceShareArn, principals: staying };
    },
    DeleteResourceShare({ resourceShareArn }) {
      shared(resourceShareArn).share = undefined;
    },
    AddPermission({ functionName, sourceArn }) {
      for (const one of now.targetGroups.filter(({ arn }) => arn === sourceArn))
        one.functionPolicy = JSON.stringify({
          Statement: {
            Effect: "Allow",
            Principal: { Service: "vpc-lattice.amazonaws.com" },
            Action: "lambda:InvokeFunction",
            Resource: functionName,
            Condition: { ArnLike: { "AWS:SourceArn": sourceArn } },
          },
        });
    },
    TagResource({ resourceArn, tags }) {
      const inside = now.services.flatMap(({ listeners }) => listeners.flatMap((one) => [one, ...one.rules]));
      const logs = [...now.networks, ...now.services].flatMap(({ accessLogs }) => accessLogs);
      const members = [
        ...now.networks.flatMap(({ vpcs }) => vpcs),
        ...[...now.networks, ...now.otherNetworks].flatMap(({ services }) => services),
      ];
      const all = [...now.networks, ...now.services, ...now.targetGroups, ...inside, ...logs, ...members];
      Object.assign(found(all.find(({ arn }) => arn === resourceArn)).tags, tags);
    },
  };
}

function found<T>(thing: T | undefined): T {
  if (thing === undefined) throw new Error("ResourceNotFoundException");
  return thing;
}

const withId = <T extends { id: string }>(things: T[], id: string): T =>
  found(things.find((thing) => thing.id === id));

function remove<T extends { id: string }>(things: T[], id: string): void {
  things.splice(things.indexOf(withId(things, id)), 1);
}

function refuseIf(conflict: boolean, why: string): void {
  if (conflict) throw new Error(`ConflictException: ${why}`);
}

const refuseSameName = (things: { name: string }[], name: string) =>
  refuseIf(
    things.some((thing) => thing.name === name),
    `${name} already exists`,
  );
