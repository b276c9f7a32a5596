import provision from "./provision.asl.json" with { type: "json" };
import rollout from "./rollout.asl.json" with { type: "json" };

// Imported, not read from a path, because SST bundles its program into one file elsewhere.
const sources = { provision, rollout };

/** The state machines there are. */
export type WorkflowName = keyof typeof sources;

/**
 * The definition of a state machine, as Step Functions takes it, with each `${Name}` replaced. Throws on a name that the
 * definition wants and is not given, and on one that it is given and does not want.
 */
export function definition(name: WorkflowName, substitutions: Readonly<Record<string, string>>): string {
  const text = JSON.stringify(sources[name]);
  const wanted = new Set(Array.from(text.matchAll(placeholder), ([, key = ""]) => key));
  const unused = Object.keys(substitutions).filter((key) => !wanted.has(key));
  if (unused.length > 0) throw new Error(`the workflow ${name} has no ${list(unused)}`);
  const missing = Array.from(wanted).filter((key) => !Object.hasOwn(substitutions, key));
  if (missing.length > 0) throw new Error(`the workflow ${name} also needs ${list(missing)}`);
  return text.replace(placeholder, (_, key: string) => JSON.stringify(substitutions[key]).slice(1, -1));
}

/** A workflow as far as its ways are concerned. */
interface Workflow {
  readonly States: Readonly<
    Record<
      string,
      {
        readonly Type: string;
        readonly Resource?: string;
        readonly Next?: string;
        readonly Choices?: readonly { readonly Next: string }[];
        readonly Default?: string;
      }
    >
  >;
}

/** The states of a workflow and where they lead. */
export const workflow = (name: WorkflowName): Workflow => sources[name];

const placeholder = /\$\{(\w+)\}/g;

const list = (names: readonly string[]) => names.join(", ");
