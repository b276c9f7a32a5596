import { type NotExpressed, readManifests } from "../src/index.ts";

export type { NotExpressed };

/** Manifests as if they had been read from a file, a document each. */
export const manifests = (...written: object[]) =>
  written.flatMap((one) => readManifests(JSON.stringify(one), "hotel.yaml"));

/** A Gateway of Lattice's with a listener for HTTP. */
export const gateway = (spec: object = {}, metadata: object = {}) => ({
  kind: "Gateway",
  metadata: { name: "my-hotel", ...metadata },
  spec: {
    gatewayClassName: "amazon-vpc-lattice",
    listeners: [{ name: "http", protocol: "HTTP", port: 80 }],
    ...spec,
  },
});

/** A route of that Gateway to one Service. */
export const route = (spec: object = {}, metadata: object = {}, kind = "HTTPRoute") => ({
  kind,
  metadata: { name: "rates", ...metadata },
  spec: {
    parentRefs: [{ name: "my-hotel" }],
    rules: [{ backendRefs: [{ name: "rates-v1", port: 8080 }] }],
    ...spec,
  },
});

/** A policy that is attached to something. */
export const policy = (kind: string, targetRef: object, spec: object, name = "policy") => ({
  kind,
  metadata: { name },
  spec: { targetRef, ...spec },
});
