import {
  AddPermissionCommand,
  GetFunctionConfigurationCommand,
  type LambdaClient,
  RemovePermissionCommand,
} from "@aws-sdk/client-lambda";
import { translated } from "@espalier/lattice";
import type { FunctionDirectory, Named } from "@espalier/rollout";

/** The functions of the account. */
export function lambdaFunctions(client: LambdaClient): FunctionDirectory {
  return {
    async exists(FunctionName) {
      const get = client.send(new GetFunctionConfigurationCommand({ FunctionName }));
      return (await unless("ResourceNotFoundException", translated(get))) !== undefined;
    },

    async admitLattice(FunctionName, group) {
      // See https://docs.aws.amazon.com/vpc-lattice/latest/ug/lambda-functions.html
      const add = new AddPermissionCommand({
        FunctionName,
        StatementId: statementFor(group),
        Action: "lambda:InvokeFunction",
        Principal: "vpc-lattice.amazonaws.com",
        SourceArn: group.arn,
      });
      await unless("ResourceConflictException", translated(client.send(add)));
    },

    async dismissLattice(FunctionName, group) {
      const remove = new RemovePermissionCommand({ FunctionName, StatementId: statementFor(group) });
      await unless("ResourceNotFoundException", translated(client.send(remove)));
    },
  };
}

const statementFor = ({ id }: Named) => `espalier-${id}`;

async function unless<Answer>(name: string, call: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof Error && error.name === name) return undefined;
    throw error;
  }
}
