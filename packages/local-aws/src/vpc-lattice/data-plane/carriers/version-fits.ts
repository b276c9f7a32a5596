import type { Exchange } from "../exchange.ts";

/**
 * Whether a request can go to targets of that version. gRPC is HTTP/2 with a content type of its own.
 * https://docs.aws.amazon.com/vpc-lattice/latest/ug/target-groups.html#target-group-protocol-version
 */
export function versionFits(
  { protocol, headers, method }: Exchange,
  version: "HTTP1" | "HTTP2" | "GRPC",
): boolean {
  switch (version) {
    case "HTTP1":
      return headers["content-type"]?.startsWith("application/grpc") !== true;
    case "HTTP2":
      return protocol === "HTTP/2";
    case "GRPC":
      return protocol === "HTTP/2" && method === "POST";
  }
}
