/** What `x-amz-content-sha256` says where the signature does not cover the body. Lattice takes nothing else. */
export const UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD";
