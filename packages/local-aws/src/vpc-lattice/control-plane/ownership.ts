import type { Call } from "../../platform.ts";

/** Whose account a resource is in, and where. */
export interface Place {
  readonly region: string;
  readonly account: string;
}

/** The place that an ARN names. */
export function placeOf(arn: string): Place {
  const [, , , region = "", account = ""] = arn.split(":");
  return { region, account };
}

/** Whether a resource is in the account and region of the call. */
export function ownedBy({ account, region }: Pick<Call, "account" | "region">) {
  const prefix = `arn:aws:vpc-lattice:${region}:${account}:`;
  return ({ arn }: { readonly arn: string }) => arn.startsWith(prefix);
}
