import type { Statement } from "@espalier/policy";
import type { Call } from "../platform.ts";
import type { Storage } from "../storage/storage.ts";
import { functionArn, functionName, functionNotFound, type Place, qualifiedName } from "./function-name.ts";
import type { Deployment, LambdaFunction } from "./lambda-function.ts";

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

/** `made` makes the function of a deployment that is kept. */
export function functions(storage: Storage, made: (deployment: Deployment) => LambdaFunction): Functions {
  const deployed = storage.map<LambdaFunction>("lambda.functions", {
    write: ({ deployment }) => deployment,
    read: (written) => made(written as Deployment),
  });
  const statementsOf = (name: string) => storage.map<Statement>(`lambda.statements ${name}`);
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
      statementsOf(name).clear();
      return known;
    },
    find(identifier = "", place, qualifier) {
      const known = deployed.get(functionName(identifier, place, qualifier));
      if (known === undefined) throw functionNotFound(identifier, place, qualifier);
      return known;
    },
    arnOf: (identifier = "", call) => functionArn(functionName(identifier, call), call),
    all: () => [...deployed].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, made]) => made),
    statementsOf,
  };
}
