import {
  type AccessAnswer,
  calledUrl,
  checkAccess,
  grantsElsewhere,
  isMethod,
  PolicyError,
} from "@espalier/policy";
import { arnsAsReferences } from "@espalier/topology";
import { defineCommand } from "citty";
import { jsonOption } from "../../common-options.ts";
import { ExitCode, UserError } from "../../fail.ts";
import { repeatedOption } from "../../repeated-option.ts";
import { checkText, elsewhereText } from "./check-text.ts";
import { openPremises } from "./open-premises.ts";
import { pairsOf } from "./pairs-of.ts";
import { premisesOptions } from "./premises-options.ts";
import { accountOf, readCaller } from "./read-caller.ts";

/** `espalier policy check`. */
export const check = defineCommand({
  meta: {
    name: "check",
    description:
      "Say whether a call is allowed, by which statement of which policy, and what least would allow it. Ends with 0 allowed, 7 denied, 1 nothing there to call",
  },
  args: {
    caller: {
      type: "positional",
      required: true,
      description: "A role's name or ARN, an account's number, or anonymous",
    },
    method: { type: "positional", required: true, description: "GET, POST and so on" },
    url: {
      type: "positional",
      required: true,
      description: "The URL, its host perhaps a service's name alone",
    },
    header: { type: "string", description: "A header; may be given several times", valueHint: "NAME:VALUE" },
    "from-vpc": { type: "string", description: "The VPC that the call comes from", valueHint: "vpc-…" },
    context: {
      type: "string",
      description: "Another condition key, such as aws:PrincipalOrgID=o-1; may be given several times",
      valueHint: "KEY=VALUE",
    },
    ...premisesOptions,
    ...jsonOption,
  },
  async run({ args, rawArgs }) {
    const { host } = urlOf(args.url);
    if (!isMethod(args.method))
      throw new UserError(`the method is "${args.method}"; a method has capitals, as GET has`, {
        exitCode: ExitCode.usage,
      });
    const premises = await openPremises(
      args,
      rawArgs,
      ({ name, hosts }) => name === host || hosts.includes(host),
    );
    const caller = await readCaller(args.caller, { identity: args.identity, account: premises.account });
    const answer = checkAccess(premises.in(accountOf(caller) ?? ""), {
      ...{ caller, method: args.method, url: args.url, fromVpc: args["from-vpc"] },
      headers: pairsOf("header", repeatedOption(rawArgs, "header"), ":"),
      context: pairsOf("context", repeatedOption(rawArgs, "context"), "="),
    });
    const asked = { caller: caller.name, method: args.method, url: args.url };
    const elsewhere =
      "ways" in answer && answer.verdict !== "allowed"
        ? grantsElsewhere((await openPremises(args, rawArgs)).in(accountOf(caller) ?? ""), answer.service)
        : [];
    const text = args.json
      ? JSON.stringify({ ...asked, ...answer, elsewhere })
      : [checkText(asked, answer), ...elsewhere.map(elsewhereText)].join("\n");
    console.log(arnsAsReferences(text));
    return exitCodes[answer.verdict];
  },
});

const exitCodes: Readonly<Record<AccessAnswer["verdict"], number>> = {
  allowed: ExitCode.done,
  denied: ExitCode.denied,
  partly: ExitCode.denied,
  unreachable: ExitCode.failed,
};

function urlOf(text: string) {
  try {
    return calledUrl(text);
  } catch (cause) {
    if (!(cause instanceof PolicyError)) throw cause;
    throw new UserError(cause.message, { exitCode: ExitCode.usage, cause });
  }
}
