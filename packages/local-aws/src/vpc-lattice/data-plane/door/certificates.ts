import { createSecureContext, type SecureContext } from "node:tls";
import type { RoutedService, Routing } from "../routing/routing.ts";

/** A certificate with its chain and its private key, all as PEM. */
export interface KeyPair {
  readonly certificate: string;
  readonly privateKey: string;
}

/** Where the certificates of HTTPS listeners come from: ACM, here. */
export interface CertificateSource {
  /** The one with that ARN, once it is issued. */
  byArn(arn: string): Promise<KeyPair | undefined>;
  /** One for a name of Lattice's own, signed by an authority that callers can trust. */
  forName(name: string): Promise<KeyPair>;
}

/** The certificate that a VPC's callers are shown when they ask for `name`; undefined where no service with TLS has it. */
export type ContextOf = (vpcId: string, name: string) => Promise<SecureContext | undefined>;

/** So many certificates are kept ready. */
const mostContexts = 500;

/**
 * A service's custom name is served with its ACM certificate, its generated one with one of Lattice's own. A custom name
 * without certificate gets that too, and the caller refuses it, as on AWS.
 */
export function certificates(routing: () => Routing, source: CertificateSource): ContextOf {
  const contexts = new Map<string, SecureContext>();

  const contextFor = async (key: string, pair: () => Promise<KeyPair | undefined>) => {
    const known = contexts.get(key);
    if (known !== undefined) return known;
    const found = await pair();
    if (found === undefined) return undefined;
    const context = createSecureContext({ cert: found.certificate, key: found.privateKey });
    if (contexts.size >= mostContexts) contexts.clear();
    contexts.set(key, context);
    return context;
  };

  return async (vpcId, name) => {
    const service = routing().vpcs.get(vpcId)?.network.services.get(name);
    if (service === undefined || !speaksTls(service)) return undefined;
    const { names, certificateArn } = service;
    if (name === names.custom && certificateArn !== undefined) {
      const own = await source.byArn(certificateArn);
      if (own !== undefined) return contextFor(own.certificate, async () => own);
    }
    return contextFor(names.generated, () => source.forName(names.generated));
  };
}

function speaksTls({ listeners }: RoutedService): boolean {
  return listeners.values().some(({ protocol }) => protocol === "HTTPS");
}
