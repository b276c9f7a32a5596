import * as z from "zod";

/** The places that Lattice delivers access logs to; a network or a service has at most one of each. */
const kinds = {
  logs: /^arn:[^:]+:logs:[^:]+:\d{12}:log-group:[^:*]+(:\*)?$/,
  s3: /^arn:[^:]+:s3:::[a-z0-9][a-z0-9.-]*(\/.*)?$/,
  firehose: /^arn:[^:]+:firehose:[^:]+:\d{12}:deliverystream\/.+$/,
} as const;

type Kind = keyof typeof kinds;

const error =
  "an access log goes to the ARN of a log group of CloudWatch, of an S3 bucket or of a Firehose delivery stream";

const Destination = z.string({ error }).refine((arn) => destinationKind(arn) !== undefined, { error });

/** Where the access logs of a network or a service go, by ARN. */
export const AccessLogs = z.array(Destination, { error: "accessLogs is a list of ARNs" }).default([]);
export type AccessLogs = z.infer<typeof AccessLogs>;

/** What a destination is, by its ARN; undefined where Lattice delivers nothing there. */
export const destinationKind = (arn: string): Kind | undefined =>
  (Object.keys(kinds) as Kind[]).find((kind) => kinds[kind].test(arn));

/** Lattice answers a log group's ARN with `:*` behind it, whichever way it was written. */
export const sameDestination = (one: string, other: string): boolean => plain(one) === plain(other);

const plain = (arn: string) => arn.replace(/:\*$/, "");
