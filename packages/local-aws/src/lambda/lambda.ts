import type { Platform, Service } from "../platform.ts";
import { asynchronousEvents } from "./asynchronous.ts";
import type { FunctionSettings } from "./function-settings.ts";
import { functions } from "./functions.ts";
import { keptBundles } from "./kept-bundles.ts";
import { deployment, type LambdaParts, lambdaFunction } from "./lambda-function.ts";
import { addPermission } from "./operations/add-permission.ts";
import { getFunction } from "./operations/get-function.ts";
import { getFunctionConfiguration } from "./operations/get-function-configuration.ts";
import { getPolicy } from "./operations/get-policy.ts";
import { invoke } from "./operations/invoke.ts";
import { listFunctions } from "./operations/list-functions.ts";
import { listVersionsByFunction } from "./operations/list-versions-by-function.ts";
import { removePermission } from "./operations/remove-permission.ts";
import { lingering } from "./sandbox/lingering.ts";

/** Lambda: functions run in worker threads of this process. */
export interface Lambda extends Service {
  /**
   * Deploys a function or replaces it, keeping its permissions; invocations that run end with the old code. Answers the
   * ARN. Throws AwsError where Lambda may not assume the role.
   */
  putFunction(settings: FunctionSettings): string;
  deleteFunction(name: string): void;
  close(): Promise<void>;
}

/** So that the functions of a look are warm at the next one, a minute later; few, since each takes some 20 MB. */
const LINGERING = { most: 4, ms: 120_000 };

export function createLambda(platform: Platform, own: LambdaParts): Lambda {
  const parts = { ...own, lingering: lingering(LINGERING) };
  const deployed = functions(platform.storage, (kept) => lambdaFunction(platform, parts, kept));
  const events = asynchronousEvents(platform, deployed);
  const bundles = keptBundles(
    platform.storage,
    deployed.all().map(({ settings }) => settings),
  );
  return {
    name: "lambda",
    operations: {
      Invoke: invoke(deployed, events),
      AddPermission: addPermission(deployed),
      RemovePermission: removePermission(deployed),
      GetPolicy: getPolicy(deployed),
      GetFunction: getFunction(deployed),
      GetFunctionConfiguration: getFunctionConfiguration(deployed),
      ListFunctions: listFunctions(deployed),
      ListVersionsByFunction: listVersionsByFunction(deployed),
    },
    putFunction(settings) {
      const made = lambdaFunction(platform, parts, deployment(platform, bundles, settings));
      deployed.replace(made)?.retire();
      return made.arn;
    },
    deleteFunction: (name) => deployed.remove(name)?.retire(),
    resume: events.resume,
    async close() {
      await Promise.all(deployed.all().map((made) => made.close()));
    },
  };
}
