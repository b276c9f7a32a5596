import { candidateKind, type Named, type RolloutRequest } from "@espalier/rollout";
import { hooksOf } from "./hooks-of.ts";

/** Says of each function that a request names and that is not of its service's account and region that it cannot be used. */
export function foreignFunctions(request: RolloutRequest, service: Named): string[] {
  const { candidate } = request;
  const named = [
    ...(typeof candidate === "string" && candidateKind(candidate) === "lambda"
      ? [{ field: "candidate", lambda: candidate }]
      : []),
    ...hooksOf(request),
  ];
  const home = placeOf(service.arn);
  return named
    .filter(({ lambda }) => placeOf(lambda).text !== home.text)
    .map(
      ({ field, lambda }) =>
        `${field} is ${JSON.stringify(lambda)}; name a function of the service's account ${home.account} in ${home.region}`,
    );
}

function placeOf(arn: string) {
  const [, , , region = "", account = ""] = arn.split(":");
  return { region, account, text: `${region}:${account}` };
}
