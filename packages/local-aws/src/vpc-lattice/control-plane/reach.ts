import { evaluate, parsePolicy } from "@espalier/policy";
import { AwsError } from "../../aws-error.ts";
import type { Call, Operation } from "../../platform.ts";
import { unconfirmed } from "../unconfirmed.ts";
import type { ControlPlane } from "./control-plane.ts";
import { notFound } from "./errors.ts";
import { idOf } from "./identifiers.ts";
import { ownedBy, placeOf } from "./ownership.ts";
import { type FoundRecord, recordNamed } from "./record-named.ts";

/** An operation of Lattice. */
export interface LatticeOperation extends Operation<object, unknown> {
  /** The ARNs that it is about, where its permissions do not name them. */
  subjects?(input: object, call: Call): readonly string[];
}

/**
 * The operation within the reach of its caller: the account's own resources in the region of the call, by id or ARN, and by
 * ARN alone what other accounts share with it.
 * https://docs.aws.amazon.com/vpc-lattice/latest/ug/sharing.html
 */
export function withinReach(plane: ControlPlane, operation: LatticeOperation): Operation<object, unknown> {
  return {
    permissions: operation.permissions,
    run(input, call) {
      const permissions = operation.permissions(input, call);
      for (const { action, resource } of permissions)
        if (action.startsWith("vpc-lattice:")) check(plane, call, action, resource);
      const [first] = permissions;
      for (const resource of operation.subjects?.(input, call) ?? [])
        check(plane, call, first?.action ?? "", resource);
      return operation.run(input, call);
    },
  };
}

function check(plane: ControlPlane, call: Call, action: string, resource: string): void {
  if (resource.endsWith("*")) return;
  const found = recordNamed(plane.store, idOf(resource));
  // What is not there at all the operation tells by itself.
  if (found === undefined) return;
  const { record, type } = found;
  if (record.arn !== resource || placeOf(resource).region !== call.region)
    throw notFound(type, idOf(resource));
  if (ownedBy(call)(record) || isLent(plane, call, action, found)) return;
  const message = `User: ${call.caller.arn} is not authorized to perform: ${action} on resource: ${resource} because no resource-based policy allows the ${action} action`;
  throw new AwsError(unconfirmed.notShared, message, 403);
}

/** What the accounts with which a service or a network is shared may do with it. */
const lent = new Set([
  "vpc-lattice:CreateServiceNetworkServiceAssociation",
  "vpc-lattice:CreateServiceNetworkVpcAssociation",
  "vpc-lattice:GetService",
  "vpc-lattice:GetServiceNetwork",
]);

function isLent(plane: ControlPlane, call: Call, action: string, { record, type }: FoundRecord): boolean {
  const { store } = plane;
  if (type === "SERVICE_NETWORK_SERVICE_ASSOCIATION" || type === "SERVICE_NETWORK_VPC_ASSOCIATION") {
    const association = store.serviceAssociations.get(record.id) ?? store.vpcAssociations.get(record.id);
    return !action.includes(":Update") && association !== undefined && isParty(plane, call, association);
  }
  return isShared(plane, call, record) && lent.has(action) ? true : policyAllows(plane, call, action, record);
}

/** Whether one of the two things that are associated is the caller's: either side may see and end an association. */
export function isParty(
  { store }: ControlPlane,
  call: Call,
  association: { readonly arn: string; readonly networkId: string; readonly serviceId?: string },
): boolean {
  const sides = [store.networks.get(association.networkId), store.services.get(association.serviceId ?? "")];
  return [association, ...sides].some((side) => side !== undefined && ownedBy(call)(side));
}

/** Whether the caller's lists show a service or a network: its own, and what is shared with its account. */
export function isListed(plane: ControlPlane, call: Call) {
  const own = ownedBy(call);
  return (record: { readonly id: string; readonly arn: string }) =>
    own(record) ||
    isShared(plane, call, record) ||
    policyAllows(
      plane,
      call,
      `vpc-lattice:Get${record.id.startsWith("sn-") ? "ServiceNetwork" : "Service"}`,
      record,
    );
}

function isShared({ isShared }: ControlPlane, { account, region }: Call, { arn }: { readonly arn: string }) {
  return placeOf(arn).region === region && isShared(arn, account);
}

function policyAllows(
  { store }: ControlPlane,
  { account, region }: Call,
  action: string,
  { id, arn }: { readonly id: string; readonly arn: string },
): boolean {
  const policy = store.resourcePolicies.get(id);
  if (policy === undefined || placeOf(arn).region !== region) return false;
  const principal = { type: "aws", arn: `arn:aws:iam::${account}:root`, account } as const;
  const request = { principal, action, resource: arn, context: {} };
  return evaluate([{ name: id, document: parsePolicy(policy.policy) }], request).effect === "allow";
}
