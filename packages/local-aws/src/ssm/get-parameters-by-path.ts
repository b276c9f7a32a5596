import type { GetParametersByPathRequest, GetParametersByPathResult } from "@aws-sdk/client-ssm";
import { AwsError } from "../aws-error.ts";
import type { Operation } from "../platform.ts";
import type { Parameters } from "./parameters.ts";

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParametersByPath.html */
export function getParametersByPath(
  store: Parameters,
): Operation<GetParametersByPathRequest, GetParametersByPathResult> {
  return {
    permissions: ({ Path = "" }) => [{ action: "ssm:GetParametersByPath", resource: store.arn(Path) }],
    run({ Path = "", Recursive, WithDecryption, MaxResults = 10, NextToken }) {
      if (!Path.startsWith("/")) {
        throw new AwsError("ValidationException", `Path is "${Path}"; it begins with a slash`);
      }
      const prefix = Path.endsWith("/") ? Path : `${Path}/`;
      // The token is the last name shown, so that parameters put in between neither hide nor repeat others.
      const found = store
        .all()
        .filter(
          ({ name }) => name.startsWith(prefix) && (Recursive || !name.slice(prefix.length).includes("/")),
        )
        .filter(({ name }) => NextToken === undefined || name > NextToken);
      const page = found.slice(0, MaxResults);
      const last = page.at(-1)?.name;
      return {
        Parameters: page.map((parameter) => store.shown(parameter, WithDecryption)),
        ...(found.length > page.length && last !== undefined ? { NextToken: last } : {}),
      };
    },
  };
}
