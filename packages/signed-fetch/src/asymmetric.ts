import { createECDH, createHmac, createPublicKey, type KeyObject, verify } from "node:crypto";
import type { CredentialScope } from "./credential-scope.ts";

export const ASYMMETRIC = "AWS4-ECDSA-P256-SHA256";

/** Whether the secret's key made `signature`, DER in hex, over `text`. */
export function isAsymmetricSignature(
  signature: string,
  text: string,
  { accessKeyId }: Pick<CredentialScope, "accessKeyId">,
  secretAccessKey: string,
): boolean {
  const key = publicKey(accessKeyId, secretAccessKey);
  return verify("sha256", Buffer.from(text), key, Buffer.from(signature, "hex"));
}

/** Whether a region set (`us-east-1,eu-*`) has that region. */
export function hasRegion(regionSet: string, region: string): boolean {
  return regionSet.split(",").some((each) => {
    const [start = "", ...rest] = each.trim().split("*");
    return rest.length === 0 ? start === region : region.startsWith(start) && region.endsWith(rest.join("*"));
  });
}

/** So many keys are remembered: each takes a multiplication on the curve. */
const mostKeys = 200;
const keys = new Map<string, KeyObject>();

function publicKey(accessKeyId: string, secret: string): KeyObject {
  const name = `${accessKeyId} ${secret}`;
  const known = keys.get(name);
  if (known !== undefined) return known;
  const pair = createECDH("prime256v1");
  pair.setPrivateKey(privateKey(accessKeyId, secret));
  const point = pair.getPublicKey();
  const x = point.toString("base64url", 1, 33);
  const y = point.toString("base64url", 33);
  const key = createPublicKey({ key: { kty: "EC", crv: "P-256", x, y }, format: "jwk" });
  if (keys.size >= mostKeys) keys.clear();
  keys.set(name, key);
  return key;
}

/** The order of the curve P-256, less two. */
const orderLessTwo = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc63254fn;

/**
 * The first number below the curve's order that counting yields, of a key derivation in counter mode (NIST SP 800-108).
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
function privateKey(accessKeyId: string, secret: string): Buffer {
  for (let counter = 1; counter < 255; counter += 1) {
    const candidate = createHmac("sha256", `AWS4A${secret}`)
      .update(Buffer.from([0, 0, 0, 1]))
      .update(`${ASYMMETRIC}\0${accessKeyId}`)
      .update(Buffer.from([counter, 0, 0, 1, 0]))
      .digest("hex");
    const number = BigInt(`0x${candidate}`);
    if (number <= orderLessTwo) return Buffer.from((number + 1n).toString(16).padStart(64, "0"), "hex");
  }
  throw new Error("no key follows from this secret");
}
