import type { Decider } from "./decider.ts";
import { type Asked, espalier } from "./espalier/espalier.ts";
import { argoDocs } from "./peers/argo-docs.ts";
import { argoTight } from "./peers/argo-tight.ts";
import { codedeploy } from "./peers/codedeploy.ts";
import { flagger } from "./peers/flagger.ts";
import { kayenta } from "./peers/kayenta.ts";

/** The rules by name, in the order in which tables show them. */
export const rules = {
  espalier,
  flagger: () => flagger,
  "argo-docs": () => argoDocs,
  "argo-tight": () => argoTight,
  codedeploy: () => codedeploy,
  kayenta: () => kayenta,
} as const satisfies Record<string, (asked: Asked) => Decider>;

/** The rules' names. */
export const ruleNames = Object.keys(rules) as readonly (keyof typeof rules)[];
