import { requestSigner, type SignerOptions } from "./request-signer.ts";

/** A fetch that signs each request for VPC Lattice. */
export function signedFetch({
  fetch = globalThis.fetch,
  ...options
}: SignerOptions & { readonly fetch?: typeof globalThis.fetch }): typeof globalThis.fetch {
  const sign = requestSigner(options);
  return async (input, init) => {
    const request = new Request(input, init);
    const { method, url } = request;
    const signed = await sign({ method, url: new URL(url), headers: Object.fromEntries(request.headers) });
    // The host is in the URL already, and fetch sends it itself.
    const { host: _, ...headers } = signed;
    return fetch(new Request(request, { headers }));
  };
}
