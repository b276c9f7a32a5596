import * as z from "zod";
import { oneOf, Port, Tags, text, VpcId, wholeNumber } from "./fields.ts";

const WrittenTarget = z.strictObject({ id: text("a target's id", 200), port: Port.optional() });

/**
 * A target: an address, an instance's id or an ARN, with a port where it is not the group's. `10.0.1.10:8080` and
 * `[fd00::1]:8080` are short for one with a port.
 */
export const Target = z.union(
  [
    text("a target", 200)
      .transform((target): z.input<typeof WrittenTarget> => {
        const [, v4, v6, port] = /^(?:(\d+\.\d+\.\d+\.\d+)|\[([\da-fA-F:.]+)\]):(\d+)$/.exec(target) ?? [];
        const id = v4 ?? v6;
        return id && port ? { id, port: Number(port) } : { id: target };
      })
      .pipe(WrittenTarget),
    WrittenTarget,
  ],
  { error: "a target is an address, an instance's id or an ARN, or {id, port}" },
);
export type Target = z.infer<typeof Target>;

/** `external`: something else registers the targets, as ECS and Auto Scaling do; they are not looked at. */
const Targets = z.union(
  [z.literal("external"), z.array(Target).min(1, { error: "a target group has targets" })],
  {
    error: 'targets are a list, or "external" where something else registers them',
  },
);

const healthWord = "a number of checks";
export const HealthCheck = z.strictObject({
  enabled: z.boolean({ error: "enabled is true or false" }).default(true),
  protocol: oneOf("a health check's protocol", ["HTTP", "HTTPS"]).default("HTTP"),
  protocolVersion: oneOf("a health check's protocol version", ["HTTP1", "HTTP2"]).default("HTTP1"),
  port: Port.optional(),
  path: text("a health check's path").default("/"),
  intervalSeconds: wholeNumber("an interval in seconds", 5, 300).default(30),
  timeoutSeconds: wholeNumber("a timeout in seconds", 1, 120).default(5),
  healthyThreshold: wholeNumber(healthWord, 2, 10).default(5),
  unhealthyThreshold: wholeNumber(healthWord, 2, 10).default(2),
  matcher: z
    .string({ error: 'a matcher is a text such as "200" or "200-299,302"' })
    .regex(/^\d{3}(-\d{3})?(,\d{3}(-\d{3})?)*$/, {
      error: 'a matcher is a text such as "200" or "200-299,302"',
    })
    .default("200"),
});
export type HealthCheck = z.infer<typeof HealthCheck>;

const onNetwork = {
  vpc: VpcId,
  port: Port,
  protocol: oneOf("a target group's protocol", ["HTTP", "HTTPS"]).default("HTTP"),
  protocolVersion: oneOf("a protocol version", ["HTTP1", "HTTP2", "GRPC"]).default("HTTP1"),
  targets: Targets,
  tags: Tags,
};

/** A target group. Only its health check and its targets can ever change; a Lambda and an ALB are checked by nobody. */
export const TargetGroup = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("IP"),
    ...onNetwork,
    ipAddressType: oneOf("an address type", ["IPV4", "IPV6"]).default("IPV4"),
    healthCheck: HealthCheck.optional(),
  }),
  z.strictObject({ type: z.literal("INSTANCE"), ...onNetwork, healthCheck: HealthCheck.optional() }),
  z.strictObject({ type: z.literal("ALB"), ...onNetwork }),
  z.strictObject({
    type: z.literal("LAMBDA"),
    lambdaEventStructureVersion: oneOf("an event structure version", ["V1", "V2"]).default("V1"),
    targets: Targets,
    tags: Tags,
  }),
]);
export type TargetGroup = z.infer<typeof TargetGroup>;
