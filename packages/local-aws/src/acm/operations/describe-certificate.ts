import type {
  CertificateDetail,
  DescribeCertificateRequest,
  DescribeCertificateResponse,
} from "@aws-sdk/client-acm";
import type { Operation } from "../../platform.ts";
import { type Certificates, readCertificate, type StoredCertificate } from "../certificates.ts";

/** https://docs.aws.amazon.com/acm/latest/APIReference/API_DescribeCertificate.html */
export function describeCertificate(
  store: Certificates,
): Operation<DescribeCertificateRequest, DescribeCertificateResponse> {
  return {
    permissions: ({ CertificateArn = "*" }) => [
      { action: "acm:DescribeCertificate", resource: CertificateArn },
    ],
    run: ({ CertificateArn }) => ({ Certificate: detail(store.get(CertificateArn)) }),
  };
}

function detail(stored: StoredCertificate): CertificateDetail {
  const read = readCertificate(stored);
  const at = new Date(stored.createdAt);
  return {
    CertificateArn: stored.arn,
    DomainName: read.domainName,
    SubjectAlternativeNames: read.names,
    Serial: read.serial,
    Subject: read.subject,
    Issuer: read.issuer,
    CreatedAt: at,
    ...(stored.type === "IMPORTED" ? { ImportedAt: at } : { IssuedAt: at }),
    Status: "ISSUED",
    NotBefore: read.notBefore,
    NotAfter: read.notAfter,
    KeyAlgorithm: read.keyAlgorithm,
    InUseBy: [],
    Type: stored.type,
  };
}
