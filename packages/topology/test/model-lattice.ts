import type {
  Existing,
  ExistingListener,
  ExistingService,
  ExistingTargetGroup,
  LatticeAction,
} from "../src/existing.ts";
import type { Write } from "../src/index.ts";

type Mutable<T> = T extends readonly (infer Item)[]
  ? Mutable<Item>[]
  : T extends object
    ? { -readonly [K in keyof T]: Mutable<T[K]> }
    : T;

type Draft = Mutable<Existing>;

/** Lattice as the planner sees it, in memory: what exists after each write. Everything is ACTIVE at once. */
export function modelLattice() {
  const now: Draft = { networks: [], services: [], targetGroups: [] };
  let last = 0;
  const id = (kind: string) => {
    last += 1;
    return `${kind}-${String(last).padStart(17, "0")}`;
  };
  const arn = (name: string) => `arn:aws:vpc-lattice:us-east-1:123456789012:${name}`;

  return {
    existing: (): Existing => structuredClone(refreshUses(now)) as Existing,
    draft: now,
    write: (write: Write) => apply(now, write, id, arn),
  };
}

function refreshUses(now: Draft): Draft {
  for (const group of now.targetGroups)
    group.usedBy = now.services
      .filter((service) =>
        service.listeners.some((listener) => actionsOf(listener).some((a) => names(a, group.id))),
      )
      .map((service) => service.arn);
  return now;
}

const actionsOf = (listener: Mutable<ExistingListener>) => [
  listener.defaultAction,
  ...listener.rules.map((r) => r.action),
];

const names = (action: Mutable<LatticeAction>, id: string) =>
  "forward" in action && action.forward.targetGroups.some((group) => group.targetGroupIdentifier === id);

function apply(now: Draft, write: Write, id: (kind: string) => string, arn: (name: string) => string): void {
  const service = (key: string) =>
    must(now.services.find((thing) => thing.id === key)) as Mutable<ExistingService>;
  const group = (key: string) =>
    must(now.targetGroups.find((thing) => thing.id === key)) as Mutable<ExistingTargetGroup>;
  const network = (key: string) => must(now.networks.find((thing) => thing.id === key));
  const listener = (input: { serviceIdentifier: string; listenerIdentifier: string }) =>
    must(service(input.serviceIdentifier).listeners.find((thing) => thing.id === input.listenerIdentifier));
  const without = <T extends { id: string }>(things: T[], key: string) => {
    const at = things.findIndex((thing) => thing.id === key);
    if (at < 0) throw new Error(`ResourceNotFoundException: ${key}`);
    things.splice(at, 1);
  };
  const made = (kind: string, path: string) => {
    const key = id(kind);
    return { id: key, arn: arn(`${path}/${key}`) };
  };
  switch (write.operation) {
    case "CreateServiceNetwork":
      clash(now.networks, write.input.name);
      now.networks.push({
        ...made("sn", "servicenetwork"),
        ...write.input,
        policy: "",
        vpcs: [],
        services: [],
      });
      return;
    case "UpdateServiceNetwork":
      network(write.input.serviceNetworkIdentifier).authType = write.input.authType;
      return;
    case "DeleteServiceNetwork": {
      const gone = network(write.input.serviceNetworkIdentifier);
      if (gone.vpcs.length + gone.services.length > 0) throw new Error("ConflictException: has associations");
      return without(now.networks, gone.id);
    }
    case "CreateServiceNetworkVpcAssociation":
      network(write.input.serviceNetworkIdentifier).vpcs.push({
        ...made("snva", "servicenetworkvpcassociation"),
        vpc: write.input.vpcIdentifier,
        securityGroups: write.input.securityGroupIds ?? [],
        status: "ACTIVE",
        tags: write.input.tags,
      });
      return;
    case "UpdateServiceNetworkVpcAssociation":
      for (const { vpcs } of now.networks)
        for (const vpc of vpcs)
          if (vpc.id === write.input.serviceNetworkVpcAssociationIdentifier)
            vpc.securityGroups = write.input.securityGroupIds;
      return;
    case "DeleteServiceNetworkVpcAssociation":
      for (const holder of now.networks)
        holder.vpcs = holder.vpcs.filter(
          (vpc) => vpc.id !== write.input.serviceNetworkVpcAssociationIdentifier,
        );
      return;
    case "CreateServiceNetworkServiceAssociation":
      network(write.input.serviceNetworkIdentifier).services.push({
        ...made("snsa", "servicenetworkserviceassociation"),
        service: service(write.input.serviceIdentifier).name,
        status: "ACTIVE",
        tags: write.input.tags,
      });
      return;
    case "DeleteServiceNetworkServiceAssociation":
      for (const holder of now.networks)
        holder.services = holder.services.filter(
          (association) => association.id !== write.input.serviceNetworkServiceAssociationIdentifier,
        );
      return;
    case "CreateService":
      clash(now.services, write.input.name);
      now.services.push({
        ...made("svc", "service"),
        ...write.input,
        idleTimeoutSeconds: write.input.idleTimeoutSeconds ?? 60,
        status: "ACTIVE",
        policy: "",
        domainName: `${write.input.name}.on.aws`,
        listeners: [],
      });
      return;
    case "UpdateService":
      Object.assign(service(write.input.serviceIdentifier), { ...write.input, serviceIdentifier: undefined });
      return;
    case "DeleteService": {
      const gone = service(write.input.serviceIdentifier);
      if (
        now.networks.some(({ services }) => services.some((association) => association.service === gone.name))
      )
        throw new Error("ConflictException: is associated");
      return without(now.services, gone.id);
    }
    case "CreateListener": {
      const { serviceIdentifier, ...input } = write.input;
      service(serviceIdentifier).listeners.push({ ...made("listener", "listener"), ...input, rules: [] });
      return;
    }
    case "UpdateListener":
      listener(write.input).defaultAction = write.input.defaultAction;
      return;
    case "DeleteListener":
      return without(service(write.input.serviceIdentifier).listeners, write.input.listenerIdentifier);
    case "CreateRule": {
      const { serviceIdentifier, listenerIdentifier, ...input } = write.input;
      const { rules } = listener({ serviceIdentifier, listenerIdentifier });
      clash(rules, input.name);
      if (rules.some(({ priority }) => priority === input.priority))
        throw new Error("ConflictException: priority");
      rules.push({ ...made("rule", "rule"), ...input });
      return;
    }
    case "UpdateRule": {
      const { rules } = listener(write.input);
      const { priority, match, action, ruleIdentifier } = write.input;
      if (rules.some((rule) => rule.id !== ruleIdentifier && rule.priority === priority))
        throw new Error("ConflictException: priority");
      const rule = must(rules.find((thing) => thing.id === ruleIdentifier));
      Object.assign(rule, {
        ...(priority && { priority }),
        ...(match && { match }),
        ...(action && { action }),
      });
      return;
    }
    case "DeleteRule":
      return without(listener(write.input).rules, write.input.ruleIdentifier);
    case "CreateTargetGroup": {
      const { config, ...input } = write.input;
      clash(now.targetGroups, input.name);
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
      });
      return;
    }
    case "UpdateTargetGroup":
      group(write.input.targetGroupIdentifier).healthCheck = write.input.healthCheck;
      return;
    case "DeleteTargetGroup": {
      const gone = group(write.input.targetGroupIdentifier);
      refreshUses(now);
      if (gone.usedBy.length + gone.targets.length > 0) throw new Error("ConflictException: is in use");
      return without(now.targetGroups, gone.id);
    }
    case "RegisterTargets": {
      const holder = group(write.input.targetGroupIdentifier);
      for (const target of write.input.targets)
        holder.targets.push({ id: target.id, port: target.port ?? holder.port, status: "INITIAL" });
      return;
    }
    case "DeregisterTargets": {
      const holder = group(write.input.targetGroupIdentifier);
      const leaving = write.input.targets.map((target) => `${target.id} ${target.port}`);
      holder.targets = holder.targets.filter((target) => !leaving.includes(`${target.id} ${target.port}`));
      return;
    }
    case "PutAuthPolicy":
      must(
        [...now.networks, ...now.services].find((thing) => thing.id === write.input.resourceIdentifier),
      ).policy = write.input.policy;
      return;
    case "DeleteAuthPolicy":
      must(
        [...now.networks, ...now.services].find((thing) => thing.id === write.input.resourceIdentifier),
      ).policy = "";
      return;
    case "TagResource": {
      const rules = now.services.flatMap((holder) =>
        holder.listeners.flatMap((each) => [each, ...each.rules]),
      );
      const all = [...now.networks, ...now.services, ...now.targetGroups, ...rules];
      Object.assign(must(all.find((thing) => thing.arn === write.input.resourceArn)).tags, write.input.tags);
    }
  }
}

function clash(things: { name: string }[], name: string): void {
  if (things.some((thing) => thing.name === name))
    throw new Error(`ConflictException: ${name} already exists`);
}

function must<T>(thing: T | undefined): T {
  if (thing === undefined) throw new Error("ResourceNotFoundException");
  return thing;
}
