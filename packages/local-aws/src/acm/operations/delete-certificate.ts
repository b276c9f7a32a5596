import type { DeleteCertificateRequest } from "@aws-sdk/client-acm";
import type { Operation } from "../../platform.ts";
import type { Certificates } from "../certificates.ts";

/** https://docs.aws.amazon.com/acm/latest/APIReference/API_DeleteCertificate.html; use by a service does not keep it here. */
export function deleteCertificate(store: Certificates): Operation<DeleteCertificateRequest, object> {
  return {
    permissions: ({ CertificateArn = "*" }) => [
      { action: "acm:DeleteCertificate", resource: CertificateArn },
    ],
    run({ CertificateArn }) {
      store.delete(store.get(CertificateArn).arn);
      return {};
    },
  };
}
