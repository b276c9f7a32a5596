/**
 * What AWS does not document, and what is done here instead: one table, so that a fact learnt from the live service is a
 * change of one line.
 */
export const unconfirmed = {
  /** The default rule as GetRule and ListRules show it; the priority lies outside the range of a rule's own. */
  defaultRule: { name: "default", priority: 99_999 },
  /** Weight of a target group that was given none: the API reference says both 1 and 100, Terraform's tests read 100. */
  defaultWeight: 100,
  /** Whether a path prefix must end at a slash (`/a` then would not match `/ab`). */
  prefixBySegment: false,
  /** Whether DeleteAuthPolicy fails while authType is AWS_IAM; else it is done, and everything is denied from then on. */
  keepPolicyInUse: false,
  /** The error for a clientToken that comes again with other parameters. */
  tokenReuse: "ConflictException",
  /** The error for what another account has and does not share, named by its ARN; by its id it is not found. */
  notShared: "AccessDeniedException",
  /** Whether a target group or association for a VPC that EC2 does not know is refused, as ResourceNotFoundException. */
  unknownVpcRefused: true,
  /** Whether an instance is refused as a target that neither EC2 nor the address book knows, as UnsupportedTarget. */
  unknownInstanceRefused: true,
  /** Whether a load balancer is refused that neither Elastic Load Balancing nor the address book knows, as UnsupportedTarget. */
  unknownLoadBalancerRefused: true,
  /** Whether access logs are refused that are to go to a log group or bucket that is not there, as ResourceNotFoundException. */
  unknownDestinationRefused: true,
  /** Whether a caller's own x-forwarded-for is kept in front of its address. */
  appendForwardedFor: true,
  /** Whether HTTP/2 is spoken in plain text to who begins with it (RFC 9113, 3.3), and not over TLS alone. */
  http2InPlainText: true,
  /** The responseCode that an access log has for a caller that went away before there was one. */
  abandonedStatus: 0,
  /** Between the tags in the access log's callerPrincipalTags, which are written as in x-amzn-lattice-identity-tags. */
  loggedTagSeparator: ";",
  /** A draining target gets no new requests, and vanishes after this many milliseconds. */
  drainMs: 60_000,
  /** The label before `vpc-lattice-svcs` in generated names, equal in every sample seen, and the hosted zone of one. */
  dns: { label: "7d67968", hostedZoneId: "Z09127221KTH2CFUOHIZH" },
  /** Answers that Lattice gives itself. `log` is the failureReason of the access log. */
  failures: {
    unknownService: { status: 404, body: "Not Found", log: undefined },
    /** To become another protocol than HTTP, as WebSocket does. */
    upgradeRefused: { status: 403, body: "Forbidden", log: "ClientProtocolError" },
    /** The caller's version of HTTP does not go with the target group's. */
    versionMismatch: { status: 400, body: "Bad Request", log: "ClientProtocolError" },
    malformedRequest: { status: 400, body: "Bad Request", log: "ClientProtocolError" },
    noTarget: { status: 503, body: "Service Unavailable", log: "TargetConnectionError" },
    connectionRefused: { status: 500, body: "Internal Server Error", log: "TargetConnectionError" },
    connectionTimeout: { status: 504, body: "Gateway Timeout", log: "TargetConnectionError" },
    targetClosed: { status: 502, body: "Bad Gateway", log: "TargetConnectionClosed" },
    targetProtocol: { status: 502, body: "Bad Gateway", log: "TargetProtocolError" },
    targetTimeout: { status: 504, body: "Gateway Timeout", log: "TargetDataTimeout" },
    functionFailed: { status: 502, body: "Bad Gateway", log: "TargetProtocolError" },
    functionUnreachable: { status: 500, body: "Internal Server Error", log: "TargetConnectionError" },
    /** More requests in a second than a service takes. */
    rateLimited: { status: 429, body: "Too Many Requests", log: "ClientRateLimited" },
    requestTooLarge: { status: 413, body: "Payload Too Large", log: "ClientProtocolError" },
    internal: { status: 500, body: "Internal Server Error", log: "InternalError" },
  },
} as const;

/** A way in which a request fails without, or before, a target's answer. */
export type Failure = keyof typeof unconfirmed.failures;
