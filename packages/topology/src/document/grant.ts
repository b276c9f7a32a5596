import * as z from "zod";

/** Who may or may not call what: `role order, GET /stock/*`. */
export interface Grant {
  readonly who: Who;
  /** Undefined: any. */
  readonly method: string | undefined;
  /** With `*` for any characters, slashes too. */
  readonly path: string;
  /** The service it is about; undefined: each that the policy's holder stands for. */
  readonly of: string | undefined;
}

export type Who =
  | { readonly type: "anyone" }
  | { readonly type: "signed" }
  /** As a policy's Principal has it, or a reference. */
  | { readonly type: "principal"; readonly aws: string }
  | { readonly type: "organization"; readonly id: string }
  | { readonly type: "vpc"; readonly id: string };

const shape =
  'a grant is WHO, METHOD /path, as in "role order, GET /stock/*" or, in a network\'s policy, "anyone, any /health of payment"';
const whoShape = "who is anyone, signed, role NAME, role ARN, account 12-DIGITS, org o-… or vpc vpc-…";

/** One grant as it is written. */
export const WrittenGrant = z.string({ error: shape }).superRefine((text, context) => {
  const read = grantOf(text);
  if (typeof read === "string") context.addIssue({ code: "custom", message: read, input: text });
});

/** What a grant says; a sentence where it is none. */
export function grantOf(text: string): Grant | string {
  const [, whom = "", method, path, of] =
    /^\s*([^,]+?)\s*,\s*(any|[A-Z]{1,16})\s+(\/[\w@:%+.~&/=*-]*)(?:\s+of\s+([a-z0-9-]+))?\s*$/.exec(text) ??
    [];
  if (path === undefined) return shape;
  const who = whoOf(whom);
  return who ? { who, method: method === "any" ? undefined : method, path, of } : whoShape;
}

function whoOf(text: string): Who | undefined {
  if (text === "anyone" || text === "signed") return { type: text };
  const [, kind, name = ""] = /^(role|account|org|vpc)\s+(\S+)$/.exec(text) ?? [];
  switch (kind) {
    case "role":
      if (/^arn:[a-z0-9-]+:iam::\d{12}:role\/[\w+=.@/-]+$/.test(name))
        return { type: "principal", aws: name };
      return /^[\w+=.@/-]+$/.test(name) ? { type: "principal", aws: `$\{role:${name}.arn}` } : undefined;
    case "account":
      return /^\d{12}$/.test(name) ? { type: "principal", aws: name } : undefined;
    case "org":
      return /^o-[a-z0-9]{10,32}$/.test(name) ? { type: "organization", id: name } : undefined;
    case "vpc":
      return /^vpc-([0-9a-z]{8}|[0-9a-z]{17})$/.test(name) ? { type: "vpc", id: name } : undefined;
    default:
      return undefined;
  }
}
