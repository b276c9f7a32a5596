import * as z from "zod";
import { wantedFields } from "./describe-issues.ts";

const wantedReference = { error: "give the name, id or ARN of the target group of the new version" };
const wantedTargets = { error: "the targets are a list of 1 to 100, each with its id" };
const wantedId = { error: "a target's id is an instance's id, an IP address or a load balancer's ARN" };
const wantedPort = { error: "a port is a whole number from 1 to 65535" };

const target = {
  id: z.string(wantedId).min(1, wantedId).max(2048, wantedId),
  port: z.int(wantedPort).min(1, wantedPort).max(65_535, wantedPort).optional(),
};

const targets = {
  type: z.enum(["INSTANCE", "IP", "ALB"], { error: "the types of targets are INSTANCE, IP and ALB" }),
  targets: z
    .array(z.strictObject(target, wantedFields("a target", target)), wantedTargets)
    .min(1, wantedTargets)
    .max(100, wantedTargets),
};

/** Targets that a group is to be made of, with the stable one's settings. */
export const CandidateTargets = z.strictObject(targets, wantedFields("a candidate of targets", targets));
export type CandidateTargets = z.infer<typeof CandidateTargets>;

// What such a name leads to can change while it is rolled out.
const UNVERSIONED = /^arn:[\w-]+:lambda:[\w-]+:\d{12}:function:[\w-]+(:\$LATEST)?$/;
const wantedVersion = {
  error: "name a version or an alias of the function, as in arn:...:function:orders:42",
};

/** What is rolled out: a target group, a Lambda version or alias by its ARN, or targets. For the last two a group is made. */
export const Candidate = z.union(
  [
    z
      .string()
      .min(1)
      .max(2048)
      .refine((text) => !UNVERSIONED.test(text), wantedVersion),
    CandidateTargets,
  ],
  wantedReference,
);
export type Candidate = z.infer<typeof Candidate>;

const LAMBDA = /^arn:[\w-]+:lambda:[\w-]+:\d{12}:function:[\w-]+:[\w$-]+$/;

/** What kind of thing a candidate is. */
export function candidateKind(candidate: Candidate): "target-group" | "lambda" | "targets" {
  if (typeof candidate !== "string") return "targets";
  return LAMBDA.test(candidate) ? "lambda" : "target-group";
}

/** A candidate in a few words, for a sentence. */
export function candidateName(candidate: Candidate): string {
  if (typeof candidate === "string") return candidate;
  return candidate.targets.map(({ id, port }) => (port === undefined ? id : `${id}:${port}`)).join(", ");
}
