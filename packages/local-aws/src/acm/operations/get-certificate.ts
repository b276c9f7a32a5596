import type { GetCertificateRequest, GetCertificateResponse } from "@aws-sdk/client-acm";
import type { Operation } from "../../platform.ts";
import type { Authority } from "../authority.ts";
import type { Certificates } from "../certificates.ts";

/** https://docs.aws.amazon.com/acm/latest/APIReference/API_GetCertificate.html; the chain of one issued here is the local root. */
export function getCertificate(
  store: Certificates,
  authority: Authority,
): Operation<GetCertificateRequest, GetCertificateResponse> {
  return {
    permissions: ({ CertificateArn = "*" }) => [{ action: "acm:GetCertificate", resource: CertificateArn }],
    async run({ CertificateArn }) {
      const { certificate, chain, type } = store.get(CertificateArn);
      const above = type === "IMPORTED" ? chain : await authority.root();
      return { Certificate: certificate, ...(above !== undefined && { CertificateChain: above }) };
    },
  };
}
