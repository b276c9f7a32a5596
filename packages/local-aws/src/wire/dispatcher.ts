import { AwsError } from "../aws-error.ts";
import type { Clock } from "../clock/clock.ts";
import type { Authorise } from "../iam/authorise.ts";
import type { Caller, Service } from "../platform.ts";
import type { Catalogue } from "./catalogue.ts";
import { validateInput } from "./validate.ts";

/** Makes one call of an operation, from the wire or from another service: checks the input and the permissions, and runs it. */
export type Dispatch = (
  caller: Caller,
  service: string,
  operation: string,
  input: unknown,
  requestId: string,
  /** By default the local AWS's own. */
  region?: string,
) => Promise<unknown>;

export interface DispatcherParts {
  /** Looked up at each call, so that services can be composed in any order. */
  readonly serviceNamed: (name: string, account: string, region: string) => Service | undefined;
  readonly catalogue: Catalogue;
  readonly authorise: Authorise;
  readonly clock: Clock;
  readonly region: string;
}

export function dispatcher({
  serviceNamed,
  catalogue,
  authorise,
  clock,
  region: home,
}: DispatcherParts): Dispatch {
  return async (caller, serviceName, operationName, input, requestId, region = home) => {
    const service = serviceNamed(serviceName, caller.account, region);
    const operation =
      service !== undefined && Object.hasOwn(service.operations, operationName)
        ? service.operations[operationName]
        : undefined;
    if (operation === undefined) throw notOffered(serviceName, operationName);
    const done = clock.busy();
    try {
      const schema = (await catalogue(serviceName))?.schemas.operations.get(operationName);
      if (schema !== undefined && !service?.checksInput) validateInput(schema.input, input ?? {});
      const call = { caller, account: caller.account, region, requestId };
      authorise(operation, input ?? {}, call);
      return await operation.run((input ?? {}) as never, call);
    } finally {
      done();
    }
  };
}

function notOffered(service: string, operation: string): AwsError {
  return new AwsError(
    "UnknownOperationException",
    `${service}:${operation} is not offered by this local AWS`,
    404,
  );
}
