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
  matcher: exactlyOne({
    httpCode: text(0, 2000, /[0-9-,]*/).refine(isMatcher, "Member must be codes or ranges from 200 to 499"),
  }).optional(),
});
export type HealthCheckInput = z.output<typeof HealthCheckInput>;

function zeroOr(min: number, max: number) {
  return integer(0, max)
    .refine((given) => given === 0 || given >= min, `Member must be 0 or greater than or equal to ${min}`)
    .optional();
}

/** "" or such as `200-299,302`. */
function isMatcher(text: string): boolean {
  if (text === "") return true;
  return text.split(",").every((part) => {
    const [, first, last = first] = /^(\d{3})(?:-(\d{3}))?$/.exec(part) ?? [];
    return first !== undefined && first >= "200" && last !== undefined && last <= "499" && first <= last;
  });
}
