import type { VPCLatticeClient } from "@aws-sdk/client-vpc-lattice";
import type { ExistingAccessLog } from "@espalier/topology";
import { listAccessLogs, tagsOf } from "./list.ts";
import { readEach } from "./read-each.ts";

/** Where the access logs of a network or a service go, and who arranged it. */
export async function readAccessLogs(client: VPCLatticeClient, holder: string): Promise<ExistingAccessLog[]> {
  return readEach(
    await listAccessLogs(client, holder),
    async ({ id = "", arn = "", destinationArn: destination = "" }) => ({
      id,
      arn,
      destination,
      tags: await tagsOf(client, arn),
    }),
  );
}
