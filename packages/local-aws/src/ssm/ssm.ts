import type { Platform, Service } from "../platform.ts";
import { deleteParameter } from "./delete-parameter.ts";
import { getParameter } from "./get-parameter.ts";
import { getParameters } from "./get-parameters.ts";
import { getParametersByPath } from "./get-parameters-by-path.ts";
import { parameters } from "./parameters.ts";
import { putParameter } from "./put-parameter.ts";

/**
 * Parameter Store of Systems Manager. It begins with the parameter by which the SST CLI knows that an account has been
 * bootstrapped, so that SST does not try to do it.
 */
export function createSsm(platform: Platform): Service {
  const store = parameters(platform);
  const { account, region, clock } = platform;
  if (store.get("/sst/bootstrap") === undefined) {
    store.put({
      name: "/sst/bootstrap",
      value: JSON.stringify(bootstrap(account, region)),
      type: "String",
      version: 1,
      modifiedAt: clock.now(),
    });
  }
  return {
    name: "ssm",
    operations: {
      DeleteParameter: deleteParameter(store),
      GetParameter: getParameter(store),
      GetParameters: getParameters(store),
      GetParametersByPath: getParametersByPath(store),
      PutParameter: putParameter(store, clock),
    },
  };
}

/** The version is above any that SST would migrate from. */
function bootstrap(account: string, region: string) {
  return {
    version: 99,
    asset: "sst-asset-local",
    state: "sst-state-local",
    assetEcrRegistryId: account,
    assetEcrUrl: `${account}.dkr.ecr.${region}.amazonaws.com/sst-asset`,
  };
}
