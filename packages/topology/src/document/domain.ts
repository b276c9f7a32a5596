import * as z from "zod";

const nameError = "a domain is lower-case labels with dots between, as in payment.shop.example";
const certificateError = "a certificate is the ARN of one in ACM, arn:aws:acm:…:certificate/…";

/** A service's name of its own in DNS, and the certificate that answers for it; it is chosen when the service is made. */
export const Domain = z.strictObject({
  name: z
    .string({ error: nameError })
    .max(255, { error: nameError })
    .regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/, { error: nameError }),
  certificate: z
    .string({ error: certificateError })
    .regex(/^arn:[a-z0-9-]+:acm:[a-z0-9-]+:\d{12}:certificate\/[0-9a-z-]+$/, { error: certificateError })
    .optional(),
});
export type Domain = z.infer<typeof Domain>;
