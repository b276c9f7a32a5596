import type { Platform, Service } from "../platform.ts";
import type { Authority, KeyPair } from "./authority.ts";
import { certificates } from "./certificates.ts";
import { deleteCertificate } from "./operations/delete-certificate.ts";
import { describeCertificate } from "./operations/describe-certificate.ts";
import { getCertificate } from "./operations/get-certificate.ts";
import { importCertificate } from "./operations/import-certificate.ts";
import { listCertificates } from "./operations/list-certificates.ts";
import { requestCertificate } from "./operations/request-certificate.ts";

/** Certificate Manager, whose certificates an authority of this machine signs. */
export interface Acm extends Service {
  /** A certificate with its chain, for a service that ends TLS with it. */
  byArn(arn: string): Promise<KeyPair | undefined>;
  /** One that a deployment asks for, under the ARN that it knows it by; replaces what is there. */
  putCertificate(certificate: { readonly arn: string; readonly names: readonly string[] }): Promise<void>;
  /** One for a name of a service's own, which no account sees. */
  forName(name: string): Promise<KeyPair>;
}

/** `authority` signs what is requested. */
export function createAcm(platform: Platform, authority: Authority): Acm {
  const store = certificates(platform);
  return {
    name: "acm",
    operations: {
      DeleteCertificate: deleteCertificate(store),
      DescribeCertificate: describeCertificate(store),
      GetCertificate: getCertificate(store, authority),
      ImportCertificate: importCertificate(store, platform),
      ListCertificates: listCertificates(store),
      RequestCertificate: requestCertificate(store, authority, platform),
    },
    async byArn(arn) {
      const found = store.find(arn);
      if (found === undefined) return undefined;
      const { certificate, chain = "", privateKey } = found;
      return { certificate: `${certificate}\n${chain}`, privateKey };
    },
    async putCertificate({ arn, names }) {
      const issued = await authority.issue(names);
      store.put({
        arn,
        type: "AMAZON_ISSUED",
        ...issued,
        chain: undefined,
        createdAt: platform.clock.now(),
      });
    },
    forName: (name) => authority.issue([name]),
  };
}
