import type { ListFunctionsRequest, ListFunctionsResponse } from "@aws-sdk/client-lambda";
import type { Operation } from "../../platform.ts";
import { configuration } from "../configuration.ts";
import type { Functions } from "../functions.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html A page ends before the function its marker names. */
export function listFunctions(functions: Functions): Operation<ListFunctionsRequest, ListFunctionsResponse> {
  return {
    permissions: () => [{ action: "lambda:ListFunctions", resource: "*" }],
    run({ MaxItems = 50, Marker = "" }) {
      const latest = functions.all().filter(({ settings }) => settings.version === undefined);
      const rest = latest.filter(({ settings }) => settings.name >= Marker);
      const next = rest[MaxItems]?.settings.name;
      return {
        Functions: rest.slice(0, MaxItems).map(configuration),
        ...(next === undefined ? {} : { NextMarker: next }),
      };
    },
  };
}
