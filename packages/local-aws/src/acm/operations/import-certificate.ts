import { createPrivateKey, X509Certificate } from "node:crypto";
import type { ImportCertificateRequest, ImportCertificateResponse } from "@aws-sdk/client-acm";
import { AwsError } from "../../aws-error.ts";
import type { Operation, Platform } from "../../platform.ts";
import type { Certificates } from "../certificates.ts";

/** https://docs.aws.amazon.com/acm/latest/APIReference/API_ImportCertificate.html */
export function importCertificate(
  store: Certificates,
  { clock }: Platform,
): Operation<ImportCertificateRequest, ImportCertificateResponse> {
  return {
    permissions: ({ CertificateArn = "*" }) => [
      { action: "acm:ImportCertificate", resource: CertificateArn },
    ],
    run({ CertificateArn, Certificate, PrivateKey, CertificateChain }) {
      const certificate = textOf(Certificate);
      const privateKey = textOf(PrivateKey);
      checkPair(certificate, privateKey);
      const arn = CertificateArn === undefined ? store.newArn() : store.get(CertificateArn).arn;
      const chain = CertificateChain === undefined ? undefined : textOf(CertificateChain);
      store.put({ arn, type: "IMPORTED", certificate, chain, privateKey, createdAt: clock.now() });
      return { CertificateArn: arn };
    },
  };
}

function textOf(bytes: Uint8Array | undefined): string {
  return Buffer.from(bytes ?? []).toString("latin1");
}

/** Throws ValidationException where either cannot be read, or the key is another's. */
function checkPair(certificate: string, privateKey: string): void {
  const read = attempt("certificate", () => new X509Certificate(certificate));
  const key = attempt("private key", () => createPrivateKey(privateKey));
  if (read.checkPrivateKey(key)) return;
  throw new AwsError("ValidationException", "The private key does not match the certificate's public key.");
}

function attempt<T>(what: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    const message = `The ${what} is not valid; it is one in PEM format, without a password`;
    throw new AwsError("ValidationException", message, 400, {}, { cause });
  }
}
