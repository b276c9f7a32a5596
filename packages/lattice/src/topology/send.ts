import { AddPermissionCommand } from "@aws-sdk/client-lambda";
import * as ram from "@aws-sdk/client-ram";
import * as sdk from "@aws-sdk/client-vpc-lattice";
import type { Answer, Write } from "@espalier/topology";
import type { TopologyClients } from "./clients.ts";

/** Some of the targets were not taken; the others were. */
export class TargetsRefused extends Error {
  override readonly name = "TargetsRefused";
}

/** Sends one write as the SDK's command. Creations carry the token as their clientToken. */
export async function send(
  { lattice: client, ram: sharing, functions }: TopologyClients,
  write: Write,
  clientToken: string,
): Promise<Answer> {
  switch (write.operation) {
    case "CreateServiceNetwork":
      return done(client.send(new sdk.CreateServiceNetworkCommand({ ...write.input, clientToken })));
    case "UpdateServiceNetwork":
      return done(client.send(new sdk.UpdateServiceNetworkCommand(write.input)));
    case "DeleteServiceNetwork":
      return done(client.send(new sdk.DeleteServiceNetworkCommand(write.input)));
    case "CreateServiceNetworkVpcAssociation":
      return done(
        client.send(new sdk.CreateServiceNetworkVpcAssociationCommand({ ...write.input, clientToken })),
      );
    case "UpdateServiceNetworkVpcAssociation":
      return done(client.send(new sdk.UpdateServiceNetworkVpcAssociationCommand(write.input)));
    case "DeleteServiceNetworkVpcAssociation":
      return done(client.send(new sdk.DeleteServiceNetworkVpcAssociationCommand(write.input)));
    case "CreateServiceNetworkServiceAssociation":
      return done(
        client.send(new sdk.CreateServiceNetworkServiceAssociationCommand({ ...write.input, clientToken })),
      );
    case "DeleteServiceNetworkServiceAssociation":
      return done(client.send(new sdk.DeleteServiceNetworkServiceAssociationCommand(write.input)));
    case "CreateService":
      return done(client.send(new sdk.CreateServiceCommand({ ...write.input, clientToken })));
    case "UpdateService":
      return done(client.send(new sdk.UpdateServiceCommand(write.input)));
    case "DeleteService":
      return done(client.send(new sdk.DeleteServiceCommand(write.input)));
    case "CreateListener":
      return done(client.send(new sdk.CreateListenerCommand({ ...write.input, clientToken })));
    case "UpdateListener":
      return done(client.send(new sdk.UpdateListenerCommand(write.input)));
    case "DeleteListener":
      return done(client.send(new sdk.DeleteListenerCommand(write.input)));
    case "CreateRule":
      return done(client.send(new sdk.CreateRuleCommand({ ...write.input, clientToken })));
    case "UpdateRule":
      return done(client.send(new sdk.UpdateRuleCommand(write.input)));
    case "DeleteRule":
      return done(client.send(new sdk.DeleteRuleCommand(write.input)));
    case "CreateTargetGroup":
      return done(client.send(new sdk.CreateTargetGroupCommand({ ...write.input, clientToken })));
    case "UpdateTargetGroup":
      return done(client.send(new sdk.UpdateTargetGroupCommand(write.input)));
    case "DeleteTargetGroup":
      return done(client.send(new sdk.DeleteTargetGroupCommand(write.input)));
    case "RegisterTargets":
      return all(client.send(new sdk.RegisterTargetsCommand(write.input)));
    case "DeregisterTargets":
      return all(client.send(new sdk.DeregisterTargetsCommand(write.input)), "TargetNotFound");
    case "PutAuthPolicy":
      return done(client.send(new sdk.PutAuthPolicyCommand(write.input)));
    case "DeleteAuthPolicy":
      return done(client.send(new sdk.DeleteAuthPolicyCommand(write.input)));
    case "TagResource":
      return done(client.send(new sdk.TagResourceCommand(write.input)));
    case "CreateAccessLogSubscription":
      return done(client.send(new sdk.CreateAccessLogSubscriptionCommand({ ...write.input, clientToken })));
    case "UpdateAccessLogSubscription":
      return done(client.send(new sdk.UpdateAccessLogSubscriptionCommand(write.input)));
    case "DeleteAccessLogSubscription":
      return done(client.send(new sdk.DeleteAccessLogSubscriptionCommand(write.input)));
    case "CreateResourceShare": {
      const tags = Object.entries(write.input.tags).map(([key, value]) => ({ key, value }));
      const create = new ram.CreateResourceShareCommand({ ...write.input, tags, clientToken });
      const { resourceShare } = await sharing.send(create);
      return { ...silent, arn: resourceShare?.resourceShareArn ?? "" };
    }
    case "AssociateResourceShare":
      return quietly(sharing.send(new ram.AssociateResourceShareCommand(write.input)));
    case "DisassociateResourceShare":
      return quietly(sharing.send(new ram.DisassociateResourceShareCommand(write.input)));
    case "DeleteResourceShare":
      return quietly(sharing.send(new ram.DeleteResourceShareCommand(write.input)));
    case "AddPermission":
      return quietly(functions.send(new AddPermissionCommand(permission(write.input))));
  }
}

/** Lattice may invoke a function for one target group. */
const permission = (input: Extract<Write, { operation: "AddPermission" }>["input"]) => ({
  FunctionName: input.functionName,
  StatementId: input.statementId,
  SourceArn: input.sourceArn,
  Action: "lambda:InvokeFunction",
  Principal: "vpc-lattice.amazonaws.com",
});

const quietly = (sent: Promise<unknown>): Promise<Answer> => sent.then(() => silent);

interface Answered {
  readonly id?: string | undefined;
  readonly arn?: string | undefined;
  readonly status?: string | undefined;
  readonly dnsEntry?: { readonly domainName?: string | undefined } | undefined;
}

const done = async (sent: Promise<object>): Promise<Answer> => {
  const { id = "", arn = "", status = "", dnsEntry }: Answered = await sent;
  return { id, arn, status, domainName: dnsEntry?.domainName ?? "" };
};

/** Lattice answers success though single targets failed; one failure code may be what was wanted. */
async function all(sent: Promise<sdk.RegisterTargetsResponse>, fine?: string): Promise<Answer> {
  const { unsuccessful = [] } = await sent;
  const refused = unsuccessful.filter(({ failureCode }) => failureCode !== fine);
  if (refused.length > 0)
    throw new TargetsRefused(
      refused
        .map(({ id, failureCode, failureMessage }) => `${id}: ${failureCode}: ${failureMessage}`)
        .join("; "),
    );
  return silent;
}

/** The answer to a write that says nothing anybody did not know. */
export const silent: Answer = { id: "", arn: "", status: "", domainName: "" };
