import type { ListCertificatesRequest, ListCertificatesResponse } from "@aws-sdk/client-acm";
import type { Operation } from "../../platform.ts";
import { type Certificates, readCertificate } from "../certificates.ts";

const largestPage = 1000;

/** https://docs.aws.amazon.com/acm/latest/APIReference/API_ListCertificates.html; filters by status alone are kept to. */
export function listCertificates(
  store: Certificates,
): Operation<ListCertificatesRequest, ListCertificatesResponse> {
  return {
    permissions: () => [{ action: "acm:ListCertificates", resource: "*" }],
    run({ CertificateStatuses, MaxItems = largestPage, NextToken }) {
      const wanted = CertificateStatuses?.length ? CertificateStatuses.includes("ISSUED") : true;
      const found = wanted ? store.all() : [];
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
