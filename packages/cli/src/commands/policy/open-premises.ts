import { VPCLatticeClient } from "@aws-sdk/client-vpc-lattice";
import { readPremises, type ServiceNames } from "@espalier/lattice";
import type { Premises } from "@espalier/policy";
import { premisesOf, readDocument } from "@espalier/topology";
import { ExitCode, UserError } from "../../fail.ts";
import { repeatedOption } from "../../repeated-option.ts";
import { documentFrom } from "../topology/document-options.ts";

/** What is to be judged by. `in` answers for an account: in a document roles and ARNs have the number of whoever asks. */
export interface OpenPremises {
  readonly in: (account: string) => Premises;
  /** The account, where it is known without asking IAM. */
  readonly account: string | undefined;
}

interface Options {
  readonly document?: string | undefined;
  readonly values?: string | undefined;
}

/** Reads the document that the options name, else the wanted services of Lattice. Throws UserError. */
export async function openPremises(
  { document: file, values }: Options,
  rawArgs: readonly string[],
  wanted?: (service: ServiceNames) => boolean,
): Promise<OpenPremises> {
  if (file !== undefined) {
    const document = readDocument((await documentFrom({ file, values }, rawArgs)).written, file);
    const region = await new VPCLatticeClient({}).config.region().catch(() => "");
    const known = new Map<string, Premises>();
    const inAccount = (account: string) => {
      const premises = known.get(account) ?? premisesOf(document, { account, region });
      known.set(account, premises);
      return premises;
    };
    return { in: inAccount, account: undefined };
  }
  if (values !== undefined || repeatedOption(rawArgs, "set").length > 0)
    throw new UserError("--values and --set fill a document's braces: say which with --document", {
      exitCode: ExitCode.usage,
    });
  const premises = await readPremises(new VPCLatticeClient({}), wanted);
  return { in: () => premises, account: premises.services[0]?.arn.split(":")[4] };
}
