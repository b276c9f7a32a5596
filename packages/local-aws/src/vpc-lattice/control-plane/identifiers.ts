import type { Call } from "../../platform.ts";

/** The id that an identifier names: every identifier may be an id or an ARN. */
export function idOf(identifier: string): string {
  return identifier.slice(identifier.lastIndexOf("/") + 1);
}

/** The ARNs of Lattice's resources in the account and region of a call. Identifiers may be ids or ARNs. */
export function arns({ account, region }: Pick<Call, "account" | "region">) {
  const arn = (path: string) => `arn:aws:vpc-lattice:${region}:${account}:${path}`;
  const whole = (identifier: string, path: string) =>
    identifier.startsWith("arn:") ? identifier : arn(`${path}/${identifier}`);
  const service = (identifier: string) => whole(identifier, "service");
  const listener = (serviceIdentifier: string, identifier: string) =>
    whole(identifier, `service/${idOf(serviceIdentifier)}/listener`);
  return {
    network: (identifier: string) => whole(identifier, "servicenetwork"),
    service,
    listener,
    rule: (serviceIdentifier: string, listenerIdentifier: string, identifier: string) =>
      whole(identifier, `service/${idOf(serviceIdentifier)}/listener/${idOf(listenerIdentifier)}/rule`),
    targetGroup: (identifier: string) => whole(identifier, "targetgroup"),
    serviceAssociation: (identifier: string) => whole(identifier, "servicenetworkserviceassociation"),
    vpcAssociation: (identifier: string) => whole(identifier, "servicenetworkvpcassociation"),
    accessLogSubscription: (identifier: string) => whole(identifier, "accesslogsubscription"),
    /** Of a service or a network, told apart by the prefix of the id. */
    guarded: (identifier: string) =>
      whole(identifier, idOf(identifier).startsWith("sn-") ? "servicenetwork" : "service"),
  };
}

/** The ARN of a VPC. */
export function vpcArn({ account, region }: Pick<Call, "account" | "region">, id: string): string {
  return `arn:aws:ec2:${region}:${account}:vpc/${id}`;
}
