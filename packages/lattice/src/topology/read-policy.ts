import { GetAuthPolicyCommand, type VPCLatticeClient } from "@aws-sdk/client-vpc-lattice";

/** The auth policy of a network or service as JSON text; empty where there is none, which Lattice may tell in two ways. */
export async function readPolicy(client: VPCLatticeClient, resourceIdentifier: string): Promise<string> {
  const answer = await client.send(new GetAuthPolicyCommand({ resourceIdentifier })).catch((error: Error) => {
    if (error.name === "ResourceNotFoundException") return { policy: "" };
    throw error;
  });
  return answer.policy ?? "";
}
