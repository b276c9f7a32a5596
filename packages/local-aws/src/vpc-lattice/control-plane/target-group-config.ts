import { type FieldError, invalid } from "./errors.ts";
import { defaultHealthCheck, type HealthCheck, withHealthCheck } from "./health-check-config.ts";
import type { TargetGroupInput } from "./shapes/target-group.ts";

/** What a target group is made of: a function, or addresses, instances or a load balancer in a VPC. */
export type TargetGroupConfig = LambdaConfig | VpcConfig;

export interface LambdaConfig {
  readonly type: "LAMBDA";
  readonly lambdaEventStructureVersion: "V1" | "V2";
}

export interface VpcConfig {
  readonly type: "IP" | "INSTANCE" | "ALB";
  readonly port: number;
  readonly protocol: "HTTP" | "HTTPS" | "TCP";
  /** Absent for TCP. */
  readonly protocolVersion: "HTTP1" | "HTTP2" | "GRPC" | undefined;
  /** Only for type IP. */
  readonly ipAddressType: "IPV4" | "IPV6" | undefined;
  readonly vpcIdentifier: string;
  /** Absent for ALB, which does its own. */
  readonly healthCheck: HealthCheck | undefined;
}

type Sent = NonNullable<TargetGroupInput["config"]>;

/** The configuration that was sent, with its defaults. Throws ValidationException naming what does not go together. */
export function targetGroupConfig({ type, config = {} }: TargetGroupInput): TargetGroupConfig {
  const errors = [...notAllowed(type, config), ...missing(type, config), ...unsuited(type, config)];
  if (type === "LAMBDA" && errors.length === 0) {
    return { type, lambdaEventStructureVersion: config.lambdaEventStructureVersion ?? "V1" };
  }
  const { port, protocol, vpcIdentifier } = config;
  const whole = port !== undefined && protocol !== undefined && vpcIdentifier !== undefined;
  if (type === "LAMBDA" || errors.length > 0 || !whole) throw invalid(...errors);
  const protocolVersion = protocol === "TCP" ? undefined : (config.protocolVersion ?? "HTTP1");
  const standard = defaultHealthCheck(protocolVersion);
  return {
    type,
    port,
    protocol,
    protocolVersion,
    ipAddressType: type === "IP" ? (config.ipAddressType ?? "IPV4") : undefined,
    vpcIdentifier,
    healthCheck: type === "ALB" ? undefined : withHealthCheck(standard, config.healthCheck, standard),
  };
}

/** See https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_TargetGroupConfig.html */
function notAllowed(type: TargetGroupInput["type"], config: Sent): FieldError[] {
  const forbidden: (keyof Sent)[] =
    type === "LAMBDA"
      ? ["port", "protocol", "protocolVersion", "vpcIdentifier", "healthCheck", "ipAddressType"]
      : ["lambdaEventStructureVersion"];
  if (type === "ALB") forbidden.push("healthCheck");
  if (type !== "IP" && type !== "LAMBDA") forbidden.push("ipAddressType");
  if (config.protocol === "TCP") forbidden.push("protocolVersion");
  return forbidden
    .filter((member) => config[member] !== undefined)
    .map((member) => ({ name: `config.${member}`, message: `Member is not supported for type ${type}` }));
}

function missing(type: TargetGroupInput["type"], config: Sent): FieldError[] {
  if (type === "LAMBDA") return [];
  const required = ["port", "protocol", "vpcIdentifier"] as const;
  return required
    .filter((member) => config[member] === undefined)
    .map((member) => ({ name: `config.${member}`, message: `Member is required for type ${type}` }));
}

/** A load balancer takes HTTP/1.1 alone. */
function unsuited(type: TargetGroupInput["type"], { protocol, protocolVersion }: Sent): FieldError[] {
  if (type !== "ALB") return [];
  const message = (value: string) => `${value} is not supported for type ALB`;
  return [
    ...(protocol === "TCP" ? [{ name: "config.protocol", message: message(protocol) }] : []),
    ...(protocolVersion === "HTTP2" || protocolVersion === "GRPC"
      ? [{ name: "config.protocolVersion", message: message(protocolVersion) }]
      : []),
  ];
}
