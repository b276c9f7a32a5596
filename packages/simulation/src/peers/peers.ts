import type { Decider } from "../decider.ts";
import { argoDocs } from "./argo-docs.ts";
import { argoTight } from "./argo-tight.ts";
import { codedeploy } from "./codedeploy.ts";
import { flagger } from "./flagger.ts";
import { kayenta } from "./kayenta.ts";

/** The rules of others, in the order in which tables show them. */
export const peers: readonly Decider[] = [flagger, argoDocs, argoTight, codedeploy, kayenta];
