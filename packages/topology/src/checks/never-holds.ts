import type { Statement } from "@espalier/policy";
import { type Reference, referencesIn } from "../references.ts";

type Condition = NonNullable<Statement["Condition"]>;

/** What a call of Lattice tells of itself: https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html#auth-policies-condition-keys */
const ofLattice =
  /^vpc-lattice-svcs:(Port|RequestMethod|RequestPath|RequestHeader\/.+|RequestQueryString\/.+|ServiceNetworkArn|ServiceArn|SourceVpc|SourceVpcOwnerAccount)$/i;

/** Why a condition holds for no call; undefined where it may. */
export function neverHolds(holder: Reference, condition: Condition): string | undefined {
  for (const [operator, keys] of Object.entries(condition)) {
    if (!isPositive(operator)) continue;
    for (const [key, written] of Object.entries(keys)) {
      const values = (Array.isArray(written) ? written : [written]).map(String);
      if (key.startsWith("vpc-lattice-svcs:") && !ofLattice.test(key))
        return `${operator} asks for ${key}, which no call has`;
      if (values.every((value) => isImpossible(holder, operator, key, value)))
        return `no call has ${values.join(" or ")} as its ${key}`;
    }
  }
  return undefined;
}

/** An operator that needs the key to be there, and to be as said. */
const isPositive = (operator: string): boolean => !/Not|IfExists$|^Null$|^ForAllValues:/.test(operator);

function isImpossible(holder: Reference, operator: string, key: string, value: string): boolean {
  const literal = !/[*?]/.test(value) || /Equals$/.test(operator);
  switch (key.toLowerCase()) {
    case "vpc-lattice-svcs:requestpath":
      return !value.startsWith("/") && (literal || !/^[*?]/.test(value));
    case "vpc-lattice-svcs:requestmethod":
      return literal && /[a-z]/.test(value) && !/IgnoreCase/.test(operator);
    case "vpc-lattice-svcs:servicenetworkarn":
      return isAnother(holder, "network", value);
    case "vpc-lattice-svcs:servicearn":
      return isAnother(holder, "service", value);
    default:
      return false;
  }
}

/** Whether a value is the ARN of another network, or service, than the one whose policy it stands in. */
function isAnother(holder: Reference, kind: Reference["kind"], value: string): boolean {
  if (holder.kind !== kind) return false;
  const [reference] = referencesIn(value);
  return reference?.kind === kind && reference.name !== holder.name;
}
