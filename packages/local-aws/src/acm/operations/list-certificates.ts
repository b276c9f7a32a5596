import type { ListCertificatesRequest, ListCertificatesResponse } from "@aws-sdk/client-acm";
import type { Operation } from "../../platform.ts";
import { type Certificates, readCertificate } from "../certificates.ts";

const largestPage = 1000;

/**
 * Filters by status and by key type are kept to; without one by key type all are listed, where AWS lists those with RSA keys of up to 2048 bits.
 * https://docs.aws.amazon.com/acm/latest/APIReference/API_ListCertificates.html
 */
export function listCertificates(
  store: Certificates,
): Operation<ListCertificatesRequest, ListCertificatesResponse> {
  return {
    permissions: () => [{ action: "acm:ListCertificates", resource: "*" }],
    run({ CertificateStatuses, Includes, MaxItems = largestPage, NextToken }) {
      const wanted = CertificateStatuses?.length ? CertificateStatuses.includes("ISSUED") : true;
      const keys = Includes?.keyTypes;
      const found = (wanted ? store.all() : []).filter(
        (stored) => keys === undefined || keys.includes(readCertificate(stored).keyAlgorithm),
      );
      // The token is the last one shown, so that others put or deleted in between change nothing.
      const from = NextToken === undefined ? 0 : found.findIndex(({ arn }) => arn === NextToken) + 1;
      const page = found.slice(from, from + MaxItems);
      const last = page.at(-1)?.arn;
      return {
        CertificateSummaryList: page.map((stored) => {
          const { domainName, names, keyAlgorithm, notBefore, notAfter } = readCertificate(stored);
          return {
            CertificateArn: stored.arn,
            DomainName: domainName,
            SubjectAlternativeNameSummaries: names,
            Status: "ISSUED" as const,
            Type: stored.type,
            KeyAlgorithm: keyAlgorithm,
            NotBefore: notBefore,
            NotAfter: notAfter,
            CreatedAt: new Date(stored.createdAt),
          };
        }),
        ...(from + page.length < found.length && last !== undefined && { NextToken: last }),
      };
    },
  };
}
