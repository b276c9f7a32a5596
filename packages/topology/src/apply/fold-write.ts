import type { Existing } from "../existing.ts";
import type { Write } from "../plan/write.ts";
import { accessLogFolds } from "./access-log-folds.ts";
import type { Answer } from "./answer.ts";
import { groupFolds } from "./group-folds.ts";
import { networkFolds } from "./network-folds.ts";
import { routeFolds } from "./route-folds.ts";
import { serviceFolds } from "./service-folds.ts";
import { shareFolds } from "./share-folds.ts";

type Operation = Write["operation"];
type InputOf<O extends Operation> = Extract<Write, { operation: O }>["input"];

/** What exists after a write of one operation was answered. */
export type Fold<O extends Operation> = (existing: Existing, input: InputOf<O>, answer: Answer) => Existing;
export type Folds<O extends Operation> = { readonly [K in O]: Fold<K> };

const folds: Folds<Operation> = {
  ...networkFolds,
  ...serviceFolds,
  ...routeFolds,
  ...groupFolds,
  ...accessLogFolds,
  ...shareFolds,
};

/**
 * What is known to exist once a write was answered, so that nothing has to be read again for the next plan. What it does not
 * touch is the same object as before. A write to what is not known changes nothing.
 */
export function foldWrite(existing: Existing, { operation, input }: Write, answer: Answer): Existing {
  const fold = folds[operation] as (existing: Existing, input: Write["input"], answer: Answer) => Existing;
  return fold(existing, input, answer);
}
