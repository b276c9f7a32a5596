import * as z from "zod";

const targetRef = z.object({
  group: z.string().default(""),
  kind: z.string(),
  name: z.string(),
  namespace: z.string().optional(),
});
export type TargetRef = z.infer<typeof targetRef>;

/** https://www.gateway-api-controller.eks.aws.dev/latest/api-types/target-group-policy/ */
export const TargetGroupPolicySpec = z.object({
  targetRef,
  protocol: z.string().default("HTTP"),
  protocolVersion: z.string().default("HTTP1"),
  healthCheck: z
    .object({
      enabled: z.boolean().optional(),
      protocol: z.enum(["HTTP", "HTTPS"]).optional(),
      protocolVersion: z.enum(["HTTP1", "HTTP2"]).optional(),
      port: z.int().optional(),
      path: z.string().optional(),
      intervalSeconds: z.int().optional(),
      timeoutSeconds: z.int().optional(),
      healthyThresholdCount: z.int().optional(),
      unhealthyThresholdCount: z.int().optional(),
      statusMatch: z.string().optional(),
    })
    .optional(),
});
export type TargetGroupPolicySpec = z.infer<typeof TargetGroupPolicySpec>;

/** https://www.gateway-api-controller.eks.aws.dev/latest/api-types/iam-auth-policy/ */
export const IamAuthPolicySpec = z.object({ targetRef, policy: z.string() });
export type IamAuthPolicySpec = z.infer<typeof IamAuthPolicySpec>;

/** https://www.gateway-api-controller.eks.aws.dev/latest/api-types/vpc-association-policy/ */
export const VpcAssociationPolicySpec = z.object({
  targetRef,
  securityGroupIds: z.array(z.string()).default([]),
  associateWithVpc: z.boolean().default(true),
});
export type VpcAssociationPolicySpec = z.infer<typeof VpcAssociationPolicySpec>;

/** https://www.gateway-api-controller.eks.aws.dev/latest/api-types/access-log-policy/ */
export const AccessLogPolicySpec = z.object({ targetRef, destinationArn: z.string() });
export type AccessLogPolicySpec = z.infer<typeof AccessLogPolicySpec>;
