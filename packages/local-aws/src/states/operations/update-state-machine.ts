import type { UpdateStateMachineInput, UpdateStateMachineOutput } from "@aws-sdk/client-sfn";
import { AwsError } from "../../aws-error.ts";
import type { Operation } from "../../platform.ts";
import { parseDefinition } from "../definition/parse-definition.ts";
import type { StateMachines } from "../state-machines.ts";
import { findMachine, passRole, permission } from "./arns.ts";

/** Executions that are running keep the revision they were started with. */
export function updateStateMachine(
  states: StateMachines,
): Operation<UpdateStateMachineInput, UpdateStateMachineOutput> {
  const { clock, hexId } = states.platform;
  return {
    permissions: ({ stateMachineArn, roleArn }) => [
      ...permission("UpdateStateMachine", stateMachineArn),
      ...passRole(roleArn),
    ],
    run({ stateMachineArn, definition, roleArn, loggingConfiguration }) {
      const machine = findMachine(states, stateMachineArn);
      if (definition === undefined && roleArn === undefined && loggingConfiguration === undefined)
        throw new AwsError(
          "MissingRequiredParameter",
          "Either the definition, the role ARN, or the logging configuration must be specified",
        );
      const text = definition ?? machine.revision.text;
      const revision = {
        ...machine.revision,
        text,
        definition: parseDefinition(text),
        roleArn: roleArn ?? machine.revision.roleArn,
        logging: loggingConfiguration ?? machine.revision.logging,
        revisionId: hexId(32),
        updatedAt: clock.now(),
      };
      states.put({ ...machine, revision });
      return { updateDate: new Date(revision.updatedAt), revisionId: revision.revisionId };
    },
  };
}
