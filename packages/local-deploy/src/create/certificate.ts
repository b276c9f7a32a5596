import * as z from "zod";
import { creator } from "./creator.ts";

const Certificate = z.object({
  domainName: z.string(),
  subjectAlternativeNames: z.array(z.string()).default([]),
});

/** A certificate of ACM, issued at once by the embedded AWS's authority. */
export const certificate = creator(
  Certificate,
  ({ domainName, subjectAlternativeNames }, { outputs }, { aws }) =>
    aws.acm.putCertificate({ arn: String(outputs.arn), names: [domainName, ...subjectAlternativeNames] }),
);
