import * as z from "zod";

const Tags = z.record(z.string(), z.string());
const Id = z.string();
const Target = z.strictObject({ id: z.string(), port: z.int().optional() });
const HealthCheck = z.strictObject({
  enabled: z.boolean(),
  protocol: z.enum(["HTTP", "HTTPS"]),
  protocolVersion: z.enum(["HTTP1", "HTTP2"]),
  port: z.int().optional(),
  path: z.string(),
  healthCheckIntervalSeconds: z.int(),
  healthCheckTimeoutSeconds: z.int(),
  healthyThresholdCount: z.int(),
  unhealthyThresholdCount: z.int(),
  matcher: z.strictObject({ httpCode: z.string() }),
});
const Config = z.strictObject({
  vpcIdentifier: z.string().optional(),
  port: z.int().optional(),
  protocol: z.enum(["HTTP", "HTTPS"]).optional(),
  protocolVersion: z.enum(["HTTP1", "HTTP2", "GRPC"]).optional(),
  ipAddressType: z.enum(["IPV4", "IPV6"]).optional(),
  lambdaEventStructureVersion: z.enum(["V1", "V2"]).optional(),
  healthCheck: HealthCheck.optional(),
});
export const WriteAction = z.union([
  z.strictObject({
    forward: z.strictObject({
      targetGroups: z.array(z.strictObject({ targetGroupIdentifier: Id, weight: z.int() })),
    }),
  }),
  z.strictObject({ fixedResponse: z.strictObject({ statusCode: z.int() }) }),
]);
const PathComparison = z.union([
  z.strictObject({ exact: z.string() }),
  z.strictObject({ prefix: z.string() }),
]);
const HeaderComparison = z.union([PathComparison, z.strictObject({ contains: z.string() })]);
const Match = z.strictObject({
  httpMatch: z.strictObject({
    method: z.string().optional(),
    pathMatch: z.strictObject({ match: PathComparison, caseSensitive: z.boolean() }).optional(),
    headerMatches: z
      .array(z.strictObject({ name: z.string(), match: HeaderComparison, caseSensitive: z.boolean() }))
      .optional(),
  }),
});
const AuthType = z.enum(["NONE", "AWS_IAM"]);
const ofListener = { serviceIdentifier: Id, listenerIdentifier: Id };
const ofRule = { ...ofListener, ruleIdentifier: Id };
const share = { resourceShareArn: z.string(), principals: z.array(z.string()) };
const targets = { targetGroupIdentifier: Id, targets: z.array(Target) };

const write = <const Operation extends string, Input extends z.ZodRawShape>(
  operation: Operation,
  input: Input,
) => z.strictObject({ operation: z.literal(operation), input: z.strictObject(input) });

/** An action that is replaced whole, and the one that the plan saw: another one in its place must not be overwritten. */
const rewrite = <const Operation extends string, Input extends z.ZodRawShape>(
  operation: Operation,
  input: Input,
) => z.strictObject({ operation: z.literal(operation), input: z.strictObject(input), was: WriteAction });

/** One write to Lattice, to Resource Access Manager or to a function's policy: an operation's name and its input. */
export const Write = z.discriminatedUnion("operation", [
  write("CreateServiceNetwork", { name: z.string(), authType: AuthType, tags: Tags }),
  write("UpdateServiceNetwork", { serviceNetworkIdentifier: Id, authType: AuthType }),
  write("DeleteServiceNetwork", { serviceNetworkIdentifier: Id }),
  write("CreateServiceNetworkVpcAssociation", {
    serviceNetworkIdentifier: Id,
    vpcIdentifier: Id,
    securityGroupIds: z.array(z.string()).optional(),
    tags: Tags,
  }),
  write("UpdateServiceNetworkVpcAssociation", {
    serviceNetworkVpcAssociationIdentifier: Id,
    securityGroupIds: z.array(z.string()),
  }),
  write("DeleteServiceNetworkVpcAssociation", { serviceNetworkVpcAssociationIdentifier: Id }),
  write("CreateServiceNetworkServiceAssociation", {
    serviceNetworkIdentifier: Id,
    serviceIdentifier: Id,
    tags: Tags,
  }),
  write("DeleteServiceNetworkServiceAssociation", { serviceNetworkServiceAssociationIdentifier: Id }),
  write("CreateService", {
    name: z.string(),
    authType: AuthType,
    idleTimeoutSeconds: z.int().optional(),
    customDomainName: z.string().optional(),
    certificateArn: z.string().optional(),
    tags: Tags,
  }),
  write("UpdateService", {
    serviceIdentifier: Id,
    authType: AuthType,
    idleTimeoutSeconds: z.int().optional(),
    /** Empty: none any more. */
    certificateArn: z.string().optional(),
  }),
  write("DeleteService", { serviceIdentifier: Id }),
  write("CreateListener", {
    serviceIdentifier: Id,
    name: z.string(),
    protocol: z.enum(["HTTP", "HTTPS"]),
    port: z.int(),
    defaultAction: WriteAction,
    tags: Tags,
  }),
  rewrite("UpdateListener", { ...ofListener, defaultAction: WriteAction }),
  write("DeleteListener", ofListener),
  write("CreateRule", {
    ...ofListener,
    name: z.string(),
    priority: z.int(),
    match: Match,
    action: WriteAction,
    tags: Tags,
  }),
  rewrite("UpdateRule", {
    ...ofRule,
    priority: z.int().optional(),
    match: Match.optional(),
    action: WriteAction.optional(),
  }),
  write("DeleteRule", ofRule),
  write("CreateTargetGroup", {
    name: z.string(),
    type: z.enum(["IP", "INSTANCE", "ALB", "LAMBDA"]),
    config: Config,
    tags: Tags,
  }),
  write("UpdateTargetGroup", { targetGroupIdentifier: Id, healthCheck: HealthCheck }),
  write("DeleteTargetGroup", { targetGroupIdentifier: Id }),
  write("RegisterTargets", targets),
  write("DeregisterTargets", targets),
  write("PutAuthPolicy", { resourceIdentifier: Id, policy: z.string() }),
  write("DeleteAuthPolicy", { resourceIdentifier: Id }),
  write("TagResource", { resourceArn: z.string(), tags: Tags }),
  write("CreateAccessLogSubscription", { resourceIdentifier: Id, destinationArn: z.string(), tags: Tags }),
  write("UpdateAccessLogSubscription", {
    accessLogSubscriptionIdentifier: Id,
    destinationArn: z.string(),
  }),
  write("DeleteAccessLogSubscription", { accessLogSubscriptionIdentifier: Id }),
  write("CreateResourceShare", {
    name: z.string(),
    resourceArns: z.array(z.string()),
    principals: z.array(z.string()),
    tags: Tags,
  }),
  write("AssociateResourceShare", share),
  write("DisassociateResourceShare", share),
  write("DeleteResourceShare", { resourceShareArn: z.string() }),
  write("AddPermission", {
    functionName: z.string(),
    statementId: z.string(),
    /** The ARN of the target group that Lattice may invoke it for. */
    sourceArn: z.string(),
  }),
]);
export type Write = z.infer<typeof Write>;
export type WriteAction = z.infer<typeof WriteAction>;
export type WriteMatch = z.infer<typeof Match>;
export type WriteHealthCheck = z.infer<typeof HealthCheck>;
