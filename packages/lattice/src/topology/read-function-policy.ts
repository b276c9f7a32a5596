import { GetPolicyCommand, type LambdaClient } from "@aws-sdk/client-lambda";

/** The resource policy of a function as JSON text; empty where it has none. A function that is gone has none either. */
export async function readFunctionPolicy(client: LambdaClient, functionName: string): Promise<string> {
  const answer = await client
    .send(new GetPolicyCommand({ FunctionName: functionName }))
    .catch((error: Error) => {
      if (error.name === "ResourceNotFoundException") return { Policy: "" };
      throw error;
    });
  return answer.Policy ?? "";
}
