import { unconfirmed } from "../../unconfirmed.ts";
import type { Service } from "../records.ts";

/** A service as GetService shows it. */
export function serviceView(service: Service) {
  return {
    id: service.id,
    arn: service.arn,
    name: service.name,
    status: service.status,
    authType: service.authType,
    customDomainName: service.customDomainName,
    certificateArn: service.certificateArn,
    idleTimeoutSeconds: service.idleTimeoutSeconds,
    dnsEntry: dnsEntry(service),
    createdAt: new Date(service.createdAt),
    lastUpdatedAt: new Date(service.lastUpdatedAt),
  };
}

/** The generated name under which a service is reached. */
export function dnsEntry(service: Service) {
  return { domainName: service.domainName, hostedZoneId: unconfirmed.dns.hostedZoneId };
}
