// The library below looks up its parts by metadata on classes.
import "reflect-metadata";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  X509Certificate,
  X509CertificateGenerator,
} from "@peculiar/x509";
import type { KeyPair } from "./authority.ts";

/** A root certificate, as PEM, and what can be signed with its key. */
export interface Root {
  readonly certificate: string;
  issue(names: readonly string[]): Promise<KeyPair>;
}

type Key = Awaited<ReturnType<typeof newKeys>>["privateKey"];

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
const day = 86_400_000;

/** A new root, written to `file` and its key to `FILE.key` where there is a file: the key first, so that no file is ever without. */
export async function makeRoot(file: string | undefined): Promise<Root> {
  const keys = await newKeys();
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: "CN=Espalier local authority",
    keys,
    signingAlgorithm: algorithm,
    ...lasting(3650),
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
    ],
  });
  if (file !== undefined) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(`${file}.key`, await pemOf(keys.privateKey), { mode: 0o600 });
    writeFileSync(`${file}.new`, certificate.toString("pem"));
    renameSync(`${file}.new`, file);
  }
  return rootOf(certificate, keys.privateKey);
}

/** The root in `file`. Throws TypeError where `FILE.key` holds no key. */
export async function readRoot(file: string): Promise<Root> {
  const [key] = PemConverter.decode(readFileSync(`${file}.key`, "utf8"));
  if (key === undefined) throw new TypeError(`${file}.key holds no key`);
  const certificate = new X509Certificate(readFileSync(file, "utf8"));
  return rootOf(certificate, await crypto.subtle.importKey("pkcs8", key, algorithm, false, ["sign"]));
}

function rootOf(root: X509Certificate, signingKey: Key): Root {
  return {
    certificate: root.toString("pem"),
    async issue(names) {
      const keys = await newKeys();
      const issued = await X509CertificateGenerator.create({
        // A common name has at most 64 characters; the names that count are the alternative ones.
        subject: `CN=${(names[0] ?? "").slice(0, 64)}`,
        issuer: root.subject,
        publicKey: keys.publicKey,
        signingKey,
        signingAlgorithm: algorithm,
        ...lasting(396),
        extensions: [
          new SubjectAlternativeNameExtension(names.map((value) => ({ type: "dns", value }))),
          new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
          new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
        ],
      });
      return { certificate: issued.toString("pem"), privateKey: await pemOf(keys.privateKey) };
    },
  };
}

function newKeys() {
  return crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
}

/** From a day back, for clocks that differ. */
function lasting(days: number): { notBefore: Date; notAfter: Date } {
  return { notBefore: new Date(Date.now() - day), notAfter: new Date(Date.now() + days * day) };
}

async function pemOf(key: Key): Promise<string> {
  return PemConverter.encode(await crypto.subtle.exportKey("pkcs8", key), "PRIVATE KEY");
}
