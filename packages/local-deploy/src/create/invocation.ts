import * as z from "zod";
import type { Account } from "../account.ts";
import { DeployError } from "../deploy-error.ts";
import type { Resource } from "../graph/graph.ts";
import { creator } from "./creator.ts";

const Invocation = z.object({
  functionName: z.string(),
  input: z.string(),
  lifecycleScope: z.literal("CRUD"),
});
type Invocation = z.infer<typeof Invocation>;

/** Invokes a function when its invocation is made, and keeps what it answers. Throws DeployError where it fails. */
export const invocation = creator(Invocation, async (inputs, { name }, { aws, answers }) => {
  answers.set(name, await invoke(aws, name, inputs, { action: "create", prev_input: null }));
});

/** Invokes the function of an invocation that is removed. Throws DeployError where it fails. */
export async function takeDown({ name, inputs }: Resource, aws: Account): Promise<void> {
  const made = Invocation.parse(inputs);
  await invoke(aws, name, made, { action: "delete", prev_input: JSON.parse(made.input) });
}

/**
 * As the provider of `aws.lambda.Invocation` does with this life cycle: what it is about, and the input of the last time, are
 * added to the input. https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lambda_invocation
 */
async function invoke(
  aws: Account,
  name: string,
  { functionName, input }: Invocation,
  tf: { readonly action: "create" | "delete"; readonly prev_input: unknown },
): Promise<unknown> {
  const { FunctionError, Payload } = await aws.call("lambda", "Invoke", {
    FunctionName: functionName,
    Payload: Buffer.from(JSON.stringify({ ...JSON.parse(input), tf })),
  });
  const answer = JSON.parse(Buffer.from(Payload).toString());
  if (FunctionError !== undefined) throw new DeployError(`${name}: ${answer.errorMessage}`);
  return answer;
}
