import * as z from "zod";
import { HealthCheckInput } from "./health-check.ts";
import { identifier } from "./identifier.ts";
import { port } from "./members.ts";
import { oneOf } from "./text.ts";

/** The type of a target group and its configuration as sent. */
export const TargetGroupInput = z.object({
  type: oneOf("IP", "LAMBDA", "INSTANCE", "ALB"),
  config: z
    .object({
      port: port.optional(),
      protocol: oneOf("HTTP", "HTTPS", "TCP").optional(),
      protocolVersion: oneOf("HTTP1", "HTTP2", "GRPC").optional(),
      ipAddressType: oneOf("IPV4", "IPV6").optional(),
      vpcIdentifier: identifier.vpc.optional(),
      healthCheck: HealthCheckInput.optional(),
      lambdaEventStructureVersion: oneOf("V1", "V2").optional(),
    })
    .optional(),
});
export type TargetGroupInput = z.output<typeof TargetGroupInput>;
