import type { Statement } from "@espalier/policy";
import type { Call } from "../platform.ts";
import { functionArn, functionName, functionNotFound, type Place, qualifiedName } from "./function-name.ts";
import type { LambdaFunction } from "./lambda-function.ts";

/** The functions there are, and the statements of their own policies by their ids. */
export interface Functions {
  /** Names are qualified. Answers the one that had its name. */
  replace(made: LambdaFunction): LambdaFunction | undefined;
  remove(name: string): LambdaFunction | undefined;
  /** Takes every form of a function's name. Throws ResourceNotFoundException. */
  find(identifier: string | undefined, place: Place, qualifier?: string): LambdaFunction;
  /** The ARN to ask permission for, whether or not the function exists. */
  arnOf(identifier: string | undefined, call: Call): string;
  all(): readonly LambdaFunction[];
  statementsOf(name: string): Map<string, Statement>;
}

export function functions(): Functions {
  const deployed = new Map<string, LambdaFunction>();
  const statements = new Map<string, Map<string, Statement>>();
  return {
    replace(made) {
      const name = qualifiedName(made.settings.name, made.settings.version);
      const known = deployed.get(name);
      deployed.set(name, made);
      return known;
    },
    remove(name) {
      const known = deployed.get(name);
      deployed.delete(name);
      statements.delete(name);
      return known;
    },
    find(identifier = "", place, qualifier) {
      const known = deployed.get(functionName(identifier, place, qualifier));
      if (known === undefined) throw functionNotFound(identifier, place, qualifier);
      return known;
    },
    arnOf: (identifier = "", call) => functionArn(functionName(identifier, call), call),
    all: () => [...deployed].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, made]) => made),
    statementsOf(name) {
      const known = statements.get(name) ?? new Map<string, Statement>();
      statements.set(name, known);
      return known;
    },
  };
}
