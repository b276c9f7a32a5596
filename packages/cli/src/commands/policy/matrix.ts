import { IAMClient } from "@aws-sdk/client-iam";
import {
  accessMatrix,
  anonymous,
  type Caller,
  namedPrincipals,
  type Premises,
  policyDocuments,
} from "@espalier/policy";
import { defineCommand } from "citty";
import { jsonOption } from "../../common-options.ts";
import { matrixText } from "./matrix-text.ts";
import { openPremises } from "./open-premises.ts";
import { premisesOptions } from "./premises-options.ts";
import { accountCaller, accountOf, stranger } from "./read-caller.ts";
import { readCallers } from "./read-callers.ts";

/** `espalier policy matrix`. */
export const matrix = defineCommand({
  meta: {
    name: "matrix",
    description:
      "Print who may call what: roles that hold a permission on services, whoever else a policy names, and unsigned callers",
  },
  args: { ...premisesOptions, ...jsonOption },
  async run({ args, rawArgs }) {
    const opened = await openPremises(args, rawArgs);
    const roles = args.identity ? await readCallers(new IAMClient({})) : [];
    const account = opened.account ?? roles.map(accountOf).find((each) => each !== undefined) ?? "";
    const { networks, services } = opened.in(account);
    const premises = { networks, services: services.toSorted((a, b) => (a.name < b.name ? -1 : 1)) };
    const callers = [...roles, ...others(premises, roles, args.identity ? account : undefined), anonymous];
    const cells = accessMatrix(premises, callers);
    if (args.json) console.log(JSON.stringify({ cells }));
    else if (services.length === 0) console.log("there are no services");
    else console.log(matrixText(premises, callers, cells));
  },
});

/** Whom policies name and `roles` has not. Roles of `account` without a permission of their own cannot call anything. */
function others(premises: Premises, roles: readonly Caller[], account: string | undefined): Caller[] {
  const known = new Set(roles.flatMap(({ principal }) => (principal.type === "aws" ? [principal.arn] : [])));
  return namedPrincipals(policyDocuments(premises))
    .filter((name) => !known.has(name) && !(name.split(":")[4] === account && name.includes(":role/")))
    .map((name) => {
      const [, number] = /^(?:arn:[^:]+:iam::)?(\d{12})(?::root)?$/.exec(name) ?? [];
      return number === undefined ? stranger(name, "its own policies are not read") : accountCaller(number);
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
