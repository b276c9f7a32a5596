import type { Manifest } from "./manifest.ts";

/** Something of a manifest that Lattice or the document has no word for, and what was done about it. */
export interface NotExpressed {
  /** The file and line of the manifest. */
  readonly place: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** `spec.rules[0].filters[1]`; empty for the manifest as a whole. */
  readonly field: string;
  readonly why: string;
  /** Left out, or written as something that is not quite the same. */
  readonly done: "skipped" | "approximated";
  /** What stands in the document now. */
  readonly instead: string;
}

type Say = (field: string, why: string, instead: string) => void;

/** Takes down what is not expressed of one manifest. */
export interface Tell {
  readonly skipped: Say;
  readonly approximated: Say;
}

/** A Tell that writes into a list. */
export function tellInto(list: NotExpressed[], { place, kind, metadata }: Manifest): Tell {
  const say =
    (done: NotExpressed["done"]): Say =>
    (field, why, instead) => {
      const { namespace, name } = metadata;
      list.push({ place, kind, namespace, name, field, why, done, instead });
    };
  return { skipped: say("skipped"), approximated: say("approximated") };
}
