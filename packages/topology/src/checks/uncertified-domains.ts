import type { TopologyDocument } from "../document/document.ts";
import type { Warning } from "../plan/warning.ts";

/**
 * Custom domains whose HTTPS nobody answers for: Lattice has a certificate for the names that it makes itself only.
 * https://docs.aws.amazon.com/vpc-lattice/latest/ug/service-custom-domain-name.html
 */
export function uncertifiedDomains({ services }: TopologyDocument): Warning[] {
  return Object.entries(services).flatMap(([service, { domain, listeners }]) => {
    const secure = Object.values(listeners).some(({ protocol }) => protocol === "HTTPS");
    if (domain === undefined || domain.certificate !== undefined || !secure) return [];
    return [
      {
        address: `services.${service}.domain`,
        sentence: `has no certificate for ${domain.name}: calls of it by HTTPS fail`,
        confirm: false,
      },
    ];
  });
}
