import * as z from "zod";
import { unpack } from "./apply/pack.ts";
import { describeIssue } from "./document/describe-issue.ts";
import type { TopologyDocument } from "./document/document.ts";
import { text } from "./document/fields.ts";
import { TopologyName } from "./document/named.ts";
import { readDocument } from "./document/read-document.ts";
import { TopologyRefused } from "./problem.ts";

const addresses = (what: string) =>
  z.array(text("an address", 512), { error: `${what} is a list of addresses` }).default([]);

const ApplyDetail = z.looseObject({
  id: text("a request's id", 128).optional(),
  name: text("a topology's name", 63).optional(),
  document: z.looseObject({}, { error: "a document is an object, as YAML or JSON has it" }).optional(),
  packed: z.base64({ error: "packed is a document as JSON, compressed with gzip, in base64" }).optional(),
  adopt: addresses("adopt"),
  accept: addresses("accept"),
});

const DestroyDetail = z.looseObject({
  id: text("a request's id", 128).optional(),
  name: TopologyName,
  /** As in a document. */
  role: z.string({ error: "role is the ARN of a role" }).optional(),
  evenWithTraffic: z.boolean({ error: "evenWithTraffic is true or false" }).default(false),
});

/**
 * What a run is asked for. `apply`: a document, the addresses of things made by others that it is to own from now on, and those
 * of warnings that were meant. `destroy`: a document that names nothing any more.
 */
export type RunRequest =
  | {
      readonly type: "apply";
      readonly document: TopologyDocument;
      readonly adopt: readonly string[];
      readonly accept: readonly string[];
    }
  | { readonly type: "destroy"; readonly document: TopologyDocument; readonly evenWithTraffic: boolean };

/** The request in an event of this type. Throws TopologyRefused. */
export function readRunRequest(detailType: string, detail: unknown): RunRequest {
  return detailType === "Topology Destroy Requested" ? readDestroy(detail) : readApply(detail);
}

function readDestroy(detail: unknown): RunRequest {
  const { name, role, evenWithTraffic } = parsed(DestroyDetail, detail);
  const document = readDocument({ name, ...(role !== undefined && { role }) });
  return { type: "destroy", document, evenWithTraffic };
}

/** `name` serves a document that does not say its own. */
function readApply(detail: unknown): RunRequest {
  const { name, document, packed, adopt, accept } = parsed(ApplyDetail, detail);
  const written = packed === undefined ? document : unpacked(packed);
  if (written === undefined)
    throw refused("document", "is missing; a document is an object, as YAML or JSON has it");
  const read = readDocument(name === undefined ? written : { name, ...(written as object) });
  if (name !== undefined && read.name !== name)
    throw refused("name", `is "${name}"; the document calls itself "${read.name}"`);
  return { type: "apply", document: read, adopt, accept };
}

function unpacked(packed: string): unknown {
  try {
    return unpack(Buffer.from(packed, "base64"));
  } catch (cause) {
    throw refused(
      "packed",
      "cannot be read; it is a document as JSON, compressed with gzip, in base64",
      cause,
    );
  }
}

function parsed<Schema extends z.ZodType>(schema: Schema, detail: unknown): z.output<Schema> {
  const { success, data, error } = schema.safeParse(detail, { reportInput: true });
  if (success) return data;
  const problems = error.issues.flatMap((issue) => describeIssue(issue));
  throw new TopologyRefused("request", problems, { cause: error });
}

const refused = (place: string, message: string, cause?: unknown) =>
  new TopologyRefused("request", [{ place, message }], { cause });
