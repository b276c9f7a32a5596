import type { PutParameterRequest, PutParameterResult } from "@aws-sdk/client-ssm";
import { AwsError } from "../aws-error.ts";
import type { Clock } from "../clock/clock.ts";
import type { Operation } from "../platform.ts";
import type { Parameters } from "./parameters.ts";

/** What a value may weigh in the standard and advanced tiers, in bytes. */
const largest = { Standard: 4096, Advanced: 8192 };

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html */
export function putParameter(
  store: Parameters,
  clock: Clock,
): Operation<PutParameterRequest, PutParameterResult> {
  return {
    permissions: ({ Name = "" }) => [{ action: "ssm:PutParameter", resource: store.arn(Name) }],
    run({ Name = "", Value = "", Type, Overwrite, Tier }) {
      const tier = Tier === "Advanced" || Tier === "Intelligent-Tiering" ? "Advanced" : "Standard";
      const known = store.get(Name);
      if (known !== undefined && !Overwrite) {
        const message =
          "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.";
        throw new AwsError("ParameterAlreadyExists", message);
      }
      const type = Type ?? known?.type;
      if (type === undefined) {
        throw new AwsError(
          "ValidationException",
          "A parameter type is required when you create a parameter.",
        );
      }
      if (!/^[\w./-]{1,1011}$/.test(Name)) {
        throw new AwsError("ValidationException", `Name is "${Name}"; it is up to 1011 of a-zA-Z0-9_.-/`);
      }
      if (Value === "" || Buffer.byteLength(Value) > largest[tier]) {
        const message = `Value has ${Buffer.byteLength(Value)} bytes; in the ${tier} tier it is 1 to ${largest[tier]}`;
        throw new AwsError("ValidationException", message);
      }
      const version = (known?.version ?? 0) + 1;
      store.put({ name: Name, value: Value, type, version, modifiedAt: clock.now() });
      return { Version: version, Tier: tier };
    },
  };
}
