import type { RequestCertificateRequest, RequestCertificateResponse } from "@aws-sdk/client-acm";
import { AwsError } from "../../aws-error.ts";
import type { Operation, Platform } from "../../platform.ts";
import type { Authority } from "../authority.ts";
import type { Certificates } from "../certificates.ts";

/** How many requests are remembered by their token. */
const mostTokens = 1000;

/**
 * Issues at once: whose domain it is cannot be asked here.
 * https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html
 */
export function requestCertificate(
  store: Certificates,
  authority: Authority,
  { clock, storage }: Platform,
): Operation<RequestCertificateRequest, RequestCertificateResponse> {
  const byToken = storage.map<string>("acm.client-tokens");
  return {
    permissions: () => [{ action: "acm:RequestCertificate", resource: "*" }],
    async run({ DomainName = "", SubjectAlternativeNames = [], IdempotencyToken }) {
      const names = [...new Set([DomainName, ...SubjectAlternativeNames])];
      for (const name of names) checkName(name);
      const request = `${IdempotencyToken} ${names.join(" ")}`;
      const before = IdempotencyToken === undefined ? undefined : byToken.get(request);
      if (before !== undefined && store.find(before) !== undefined) return { CertificateArn: before };
      const arn = store.newArn();
      const issued = await authority.issue(names);
      store.put({ arn, type: "AMAZON_ISSUED", ...issued, chain: undefined, createdAt: clock.now() });
      if (byToken.size >= mostTokens) byToken.clear();
      byToken.set(request, arn);
      return { CertificateArn: arn };
    },
  };
}

function checkName(name: string): void {
  const labels = /^(?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/i;
  if (name.length <= 253 && labels.test(name)) return;
  throw new AwsError(
    "ValidationException",
    `${name} is not a domain name, such as www.example.com or *.example.com`,
  );
}
