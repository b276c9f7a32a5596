import * as z from "zod";
import { describeIssue } from "./document/describe-issue.ts";
import type { TopologyDocument } from "./document/document.ts";
import { text } from "./document/fields.ts";
import { readDocument } from "./document/read-document.ts";
import { TopologyRefused } from "./problem.ts";

const ApplyDetail = z.looseObject({
  id: text("a request's id", 128).optional(),
  name: text("a topology's name", 63).optional(),
  document: z.looseObject({}, { error: "a document is an object, as YAML or JSON has it" }),
  adopt: z.array(text("an address", 512), { error: "adopt is a list of addresses" }).default([]),
});

/** What was asked: a document, and the things made by others that it is to own from now on. */
export interface ApplyRequest {
  readonly document: TopologyDocument;
  readonly adopt: readonly string[];
}

/** The detail of a `Topology Apply Requested`; `name` serves a document that does not say its own. Throws TopologyRefused. */
export function readApplyRequest(detail: unknown): ApplyRequest {
  const parsed = ApplyDetail.safeParse(detail, { reportInput: true });
  if (!parsed.success)
    throw new TopologyRefused(
      "request",
      parsed.error.issues.flatMap((issue) => describeIssue(issue)),
      { cause: parsed.error },
    );
  const { name, document, adopt } = parsed.data;
  const read = readDocument(name === undefined ? document : { name, ...document });
  if (name !== undefined && read.name !== name)
    throw new TopologyRefused("request", [
      { place: "name", message: `is "${name}"; the document calls itself "${read.name}"` },
    ]);
  return { document: read, adopt };
}
