import { X509Certificate } from "node:crypto";
import { AwsError } from "../aws-error.ts";
import type { Platform } from "../platform.ts";

/** A certificate as ACM keeps it. */
export interface StoredCertificate {
  readonly arn: string;
  readonly type: "AMAZON_ISSUED" | "IMPORTED";
  /** PEM, without the chain. */
  readonly certificate: string;
  readonly chain: string | undefined;
  readonly privateKey: string;
  /** AWS time, milliseconds. */
  readonly createdAt: number;
}

/** The certificates of an account. */
export interface Certificates {
  /** Throws ResourceNotFoundException. */
  get(arn: string | undefined): StoredCertificate;
  find(arn: string): StoredCertificate | undefined;
  put(certificate: StoredCertificate): void;
  delete(arn: string): void;
  /** In the order in which they came. */
  all(): readonly StoredCertificate[];
  newArn(): string;
}

export function certificates({ account, region, hexId, storage }: Platform): Certificates {
  const stored = storage.map<StoredCertificate>("acm.certificates");
  const find = (arn: string) => stored.get(arn);
  return {
    find,
    get(arn = "") {
      const found = find(arn);
      if (found !== undefined) return found;
      throw new AwsError("ResourceNotFoundException", `Could not find certificate ${arn}.`);
    },
    put: (certificate) => void stored.set(certificate.arn, certificate),
    delete: (arn) => void stored.delete(arn),
    all: () => [...stored.values()],
    newArn() {
      const id = [8, 4, 4, 4, 12].map((length) => hexId(length)).join("-");
      return `arn:aws:acm:${region}:${account}:certificate/${id}`;
    },
  };
}

/** What a certificate says of itself. */
export function readCertificate({ certificate }: Pick<StoredCertificate, "certificate">) {
  const read = new X509Certificate(certificate);
  const names = (read.subjectAltName ?? "").split(", ").flatMap((each) => /^DNS:(.+)$/.exec(each)?.[1] ?? []);
  const subject = /^CN=(.+)$/m.exec(read.subject)?.[1];
  return {
    domainName: subject ?? names[0] ?? "",
    names,
    subject: read.subject.replaceAll("\n", ","),
    issuer: read.issuer.replaceAll("\n", ","),
    serial: (read.serialNumber.match(/../g) ?? []).join(":").toLowerCase(),
    notBefore: read.validFromDate,
    notAfter: read.validToDate,
    keyAlgorithm: keyAlgorithm(read),
  };
}

function keyAlgorithm({
  publicKey,
}: X509Certificate): "RSA_2048" | "RSA_4096" | "EC_prime256v1" | "EC_secp384r1" {
  const { namedCurve, modulusLength = 0 } = publicKey.asymmetricKeyDetails ?? {};
  if (namedCurve !== undefined) return namedCurve === "secp384r1" ? "EC_secp384r1" : "EC_prime256v1";
  return modulusLength > 2048 ? "RSA_4096" : "RSA_2048";
}
