import * as z from "zod";
import { listOf, oneOf, text } from "./text.ts";

/** Which private domain names a VPC can resolve. */
export const DnsOptions = z
  .object({
    privateDnsPreference: oneOf(
      "VERIFIED_DOMAINS_ONLY",
      "ALL_DOMAINS",
      "VERIFIED_DOMAINS_AND_SPECIFIED_DOMAINS",
      "SPECIFIED_DOMAINS_ONLY",
    ).optional(),
    privateDnsSpecifiedDomains: listOf(text(1, 255), 1, 10).optional(),
  })
  .refine(
    ({ privateDnsPreference = "", privateDnsSpecifiedDomains: domains }) =>
      (domains !== undefined) === /SPECIFIED_DOMAINS/.test(privateDnsPreference),
    {
      message: "Member goes with a privateDnsPreference of SPECIFIED_DOMAINS, and only with one",
      path: ["privateDnsSpecifiedDomains"],
    },
  );
export type DnsOptions = z.output<typeof DnsOptions>;
