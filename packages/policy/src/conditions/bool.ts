import type { Operator } from "./operator.ts";

const Bool: Operator = {
  negated: false,
  takes: "true or false",
  compile: (value) => {
    const wanted = value.toLowerCase();
    return wanted === "true" || wanted === "false" ? (actual) => actual.toLowerCase() === wanted : undefined;
  },
};

/** The comparison of true and false. */
export const boolOperators = { Bool } satisfies Record<string, Operator>;
