import * as z from "zod";
import { PolicyError } from "../parse-policy.ts";
import { calledUrl, isMethod } from "./called-url.ts";

const text = (what: string) =>
  z.string({ error: `${what} is a text` }).min(1, { error: `${what} is not empty` });

/** One decision that is expected of the policies; `because` is for whoever reads that it is another one. */
const Expectation = z.strictObject({
  caller: text("a caller"),
  method: text("a method").refine(isMethod, { error: "a method has capitals, as GET has" }).default("GET"),
  url: text("a url").refine(isUrl, {
    error: "a url is http:// or https://, a host and a path",
  }),
  header: z
    .record(z.string(), z.string(), { error: "header has names and their values, as texts" })
    .default({}),
  fromVpc: text("a VPC").optional(),
  expect: z.enum(["allowed", "denied"], { error: "expect is allowed or denied" }),
  because: text("because").optional(),
});
export type Expectation = z.infer<typeof Expectation>;

function isUrl(url: string): boolean {
  try {
    calledUrl(url);
    return true;
  } catch {
    return false;
  }
}

/** A list of expected decisions, from what was parsed of YAML or JSON. Throws PolicyError, with a line for each problem. */
export function readExpectations(value: unknown): Expectation[] {
  const list = z.array(Expectation, { error: "it is a list of {caller, method, url, expect}" });
  const result = list.min(1, { error: "it expects nothing" }).safeParse(value);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => {
    const place = issue.path
      .map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`))
      .join("");
    const message =
      issue.code === "unrecognized_keys"
        ? `${issue.keys.join(", ")}: an expectation has caller, method, url, header, fromVpc, expect and because`
        : issue.message;
    return place === "" ? message : `${place}: ${message}`;
  });
  throw new PolicyError(lines.join("\n"), { cause: result.error });
}
