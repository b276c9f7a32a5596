import * as z from "zod";

/** The controller that a GatewayClass belongs to. */
export const GatewayClassSpec = z.object({ controllerName: z.string() });

/** https://github.com/aws/aws-application-networking-k8s: the controller, and the class that its own installation makes. */
export const latticeController = "application-networking.k8s.aws/gateway-api-controller";
export const latticeClass = "amazon-vpc-lattice";

const certificateOption = "application-networking.k8s.aws/certificate-arn";

const Section = z
  .object({
    name: z.string(),
    port: z.int().min(1).max(65_535),
    protocol: z.string(),
    tls: z
      .object({
        mode: z.string().default("Terminate"),
        // The controller asks for none, though Gateway API's schema does; they say nothing.
        certificateRefs: z.unknown().optional(),
        options: z.object({ [certificateOption]: z.string().optional() }).default({}),
      })
      .optional(),
  })
  .transform((section) => ({ ...section, certificate: section.tls?.options[certificateOption] }));
export type Section = z.infer<typeof Section>;

/** A Gateway of the Gateway API; each of its listeners is a section that routes name. */
export const GatewaySpec = z.object({
  gatewayClassName: z.string(),
  listeners: z.array(Section).default([]),
});
export type GatewaySpec = z.infer<typeof GatewaySpec>;
