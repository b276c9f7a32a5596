import type { LocalAws } from "../../../packages/local-aws/src/index.ts";
import type { Weights } from "../../soak/play.ts";

/** Services that nobody calls, each with two versions and all weight on the first. */
export interface Fleet {
  /** `candidate` is the id of the second one's target group. */
  readonly services: readonly { readonly name: string; readonly arn: string; readonly candidate: string }[];
  /** The weights of a service's only action, by version. */
  weights(name: string): Promise<Weights>;
}

const VPC = "vpc-00000000000000001";

/** Creates so many. Their targets have addresses at which nobody listens. */
export async function fleet(aws: LocalAws, size: number): Promise<Fleet> {
  const call = (operation: string, input: object) => aws.call("vpc-lattice", operation, input);
  aws.ec2.putVpc({ vpcId: VPC, cidrBlock: "10.0.0.0/16" });
  const config = { port: 80, protocol: "HTTP", vpcIdentifier: VPC, healthCheck: { enabled: false } };
  const group = async (name: string, id: string): Promise<string> => {
    const made = await call("CreateTargetGroup", { name, type: "IP", config });
    await call("RegisterTargets", { targetGroupIdentifier: made.id, targets: [{ id }] });
    return made.id;
  };
  const services: { name: string; arn: string; candidate: string }[] = [];
  const listeners = new Map<string, object>();
  const versions = new Map<string, string>();
  for (let k = 0; k < size; k += 1) {
    const name = `service-${k}`;
    const address = `10.0.${k >> 8}.${k & 255}`;
    const stable = await group(`${name}-v1`, address);
    const candidate = await group(`${name}-v2`, address);
    versions.set(stable, "v1").set(candidate, "v2");
    const { id, arn } = await call("CreateService", { name });
    const { id: listener } = await call("CreateListener", {
      ...{ serviceIdentifier: id, name: "http", protocol: "HTTP" },
      defaultAction: { forward: { targetGroups: [{ targetGroupIdentifier: stable, weight: 100 }] } },
    });
    services.push({ name, arn, candidate });
    listeners.set(name, { serviceIdentifier: id, listenerIdentifier: listener });
  }
  return {
    services,
    async weights(name) {
      const { defaultAction } = await call("GetListener", listeners.get(name) ?? {});
      const groups: { targetGroupIdentifier: string; weight: number }[] = defaultAction.forward.targetGroups;
      const weights = groups.map(({ targetGroupIdentifier, weight }) => [
        versions.get(targetGroupIdentifier) ?? "other",
        weight,
      ]);
      return { default: Object.fromEntries(weights) };
    },
  };
}
