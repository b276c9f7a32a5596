import { isDeepStrictEqual } from "node:util";
import type { CreateStateMachineInput, CreateStateMachineOutput } from "@aws-sdk/client-sfn";
import { AwsError } from "../../aws-error.ts";
import type { Call, Operation } from "../../platform.ts";
import { parseDefinition } from "../definition/parse-definition.ts";
import type { Revision } from "../engine/execution.ts";
import type { StateMachines } from "../state-machines.ts";
import { checkName, passRole, permission } from "./arns.ts";

/** Creating the same machine again answers the one that exists. */
export function createStateMachine(
  states: StateMachines,
): Operation<CreateStateMachineInput, CreateStateMachineOutput> {
  const { clock, hexId } = states.platform;
  return {
    permissions: (input, call) => [
      ...permission("CreateStateMachine", machineArn(input.name, call)),
      ...passRole(input.roleArn),
    ],
    run(input, call) {
      const stateMachineArn = machineArn(checkName(input.name ?? ""), call);
      const text = input.definition ?? "";
      const revision: Revision = {
        stateMachineArn,
        name: input.name ?? "",
        type: input.type ?? "STANDARD",
        text,
        definition: parseDefinition(text),
        roleArn: input.roleArn ?? "",
        logging: input.loggingConfiguration,
        revisionId: hexId(32),
        updatedAt: clock.now(),
      };
      const existing = states.machines.get(stateMachineArn);
      if (existing === undefined) {
        states.put({ revision, createdAt: clock.now(), deleting: false });
      } else if (existing.deleting || !same(existing.revision, revision)) {
        throw existing.deleting
          ? new AwsError("StateMachineDeleting", `State Machine is being deleted: '${stateMachineArn}'`)
          : new AwsError("StateMachineAlreadyExists", `State Machine Already Exists: '${stateMachineArn}'`);
      }
      return { stateMachineArn, creationDate: new Date(existing?.createdAt ?? clock.now()) };
    },
  };
}

function machineArn(name: string | undefined, { region, account }: Call): string {
  return `arn:aws:states:${region}:${account}:stateMachine:${name}`;
}

function same(a: Revision, b: Revision): boolean {
  const identity = ({ text, type, roleArn, logging }: Revision) => ({ text, type, roleArn, logging });
  return isDeepStrictEqual(identity(a), identity(b));
}
