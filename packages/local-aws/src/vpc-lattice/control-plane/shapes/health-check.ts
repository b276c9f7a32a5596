import * as z from "zod";
import { exactlyOne } from "./exactly-one.ts";
import { integer, oneOf, text } from "./text.ts";

/** A health check as sent: 0 and "" stand for the default. */
export const HealthCheckInput = z.object({
  enabled: z.boolean().optional(),
  protocol: oneOf("HTTP", "HTTPS", "TCP").optional(),
  protocolVersion: oneOf("HTTP1", "HTTP2").optional(),
  port: integer(0, 65_535).optional(),
  path: text(0, 2048, /(?:\/[a-zA-Z0-9@:%_+.~#?&/=-]*)?/).optional(),
  healthCheckIntervalSeconds: zeroOr(5, 300),
  healthCheckTimeoutSeconds: zeroOr(1, 120),
  healthyThresholdCount: zeroOr(2, 10),
  unhealthyThresholdCount: zeroOr(2, 10),
  matcher: exactlyOne({ httpCode: text(0, 2000, /[0-9-,]*/) }).optional(),
});
export type HealthCheckInput = z.output<typeof HealthCheckInput>;

function zeroOr(min: number, max: number) {
  return integer(0, max)
    .refine((given) => given === 0 || given >= min, `Member must be 0 or greater than or equal to ${min}`)
    .optional();
}
