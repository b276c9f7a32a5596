import type { LocalAws } from "@espalier/local-aws";

/** A function of the folder `handlers`. */
export function putFunction(aws: LocalAws, name: string, handler: string): string {
  const role = aws.iam.putRole({
    name: `${name}-role`,
    trust: {
      Statement: {
        Effect: "Allow",
        Principal: { Service: "lambda.amazonaws.com" },
        Action: "sts:AssumeRole",
      },
    },
    policies: {},
  });
  return aws.lambda.putFunction({
    ...{ name, directory: import.meta.dirname, handler: `handlers/${handler}.handler`, environment: {} },
    ...{ roleArn: role.arn, timeoutSeconds: 5, memoryMb: 128 },
  });
}

/** A service on Lattice, reached from a VPC, with a group of a function for each version; all traffic on the first. */
export async function deployedService(aws: LocalAws, name: string, versions: readonly string[], vpc: string) {
  const call = (operation: string, input: object) => aws.call("vpc-lattice", operation, input);
  const groups: string[] = [];
  for (const version of versions) {
    const target = putFunction(aws, `${name}-${version}`, "answers");
    const group = await call("CreateTargetGroup", { name: `${name}-${version}`, type: "LAMBDA" });
    await aws.call("lambda", "AddPermission", {
      ...{ FunctionName: target, StatementId: "lattice", Action: "lambda:InvokeFunction" },
      ...{ Principal: "vpc-lattice.amazonaws.com", SourceArn: group.arn },
    });
    await call("RegisterTargets", { targetGroupIdentifier: group.id, targets: [{ id: target }] });
    groups.push(group.id);
  }
  const { id, arn, dnsEntry } = await call("CreateService", { name });
  const defaultAction = { forward: { targetGroups: [{ targetGroupIdentifier: groups[0], weight: 100 }] } };
  const listener = await call("CreateListener", {
    ...{ serviceIdentifier: id, name: "http", protocol: "HTTP", defaultAction },
  });
  const network = await call("CreateServiceNetwork", { name: `${name}-network` });
  const serviceNetworkIdentifier = network.id;
  await call("CreateServiceNetworkServiceAssociation", { serviceIdentifier: id, serviceNetworkIdentifier });
  await call("CreateServiceNetworkVpcAssociation", { vpcIdentifier: vpc, serviceNetworkIdentifier });
  return {
    arn: String(arn),
    url: `http://${dnsEntry.domainName}/`,
    /** The weight of each version, nil of one that is in no action. */
    async weights(): Promise<number[]> {
      const at = { serviceIdentifier: id, listenerIdentifier: listener.id };
      const { targetGroups } = (await call("GetListener", at)).defaultAction.forward;
      return groups.map(
        (group) =>
          targetGroups.find(
            (one: { targetGroupIdentifier: string; weight: number }) => one.targetGroupIdentifier === group,
          )?.weight ?? 0,
      );
    },
  };
}
