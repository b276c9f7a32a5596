import { VPCLatticeClient } from "@aws-sdk/client-vpc-lattice";
import { readPremises, type ServiceNames } from "@espalier/lattice";
import type { Premises } from "@espalier/policy";
import { premisesOf, readDocument } from "@espalier/topology";
import { ExitCode, UserError } from "../../fail.ts";
import { repeatedOption } from "../../repeated-option.ts";
import { readTopologyFile } from "../topology/read-topology-file.ts";
import { readValues } from "../topology/read-values.ts";

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
  { document, values }: Options,
  rawArgs: readonly string[],
  wanted?: (service: ServiceNames) => boolean,
): Promise<OpenPremises> {
  const pairs = repeatedOption([...rawArgs], "set");
  if (document !== undefined) {
    const read = readDocument(await readTopologyFile(document, readValues(values, pairs)), document);
    const known = new Map<string, Premises>();
    const inAccount = (account: string) => {
      const premises = known.get(account) ?? premisesOf(read, { account });
      known.set(account, premises);
      return premises;
    };
    return { in: inAccount, account: undefined };
  }
  if (values !== undefined || pairs.length > 0)
    throw new UserError("--values and --set fill a document's braces: say which with --document", {
      exitCode: ExitCode.usage,
    });
  const premises = await readPremises(new VPCLatticeClient({}), wanted);
  return { in: () => premises, account: premises.services[0]?.arn.split(":")[4] };
}
