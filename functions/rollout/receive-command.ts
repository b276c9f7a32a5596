import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { SFNClient } from "@aws-sdk/client-sfn";
import {
  type Bus,
  type Command,
  CommandRequest,
  CommandType,
  commandDetailTypes,
  describeIssues,
  type Receipt,
  type RolloutStore,
  type Waker,
} from "@espalier/rollout";
import { dynamoStore } from "../adapters/dynamo-store.ts";
import { eventBridgeBus } from "../adapters/event-bridge-bus.ts";
import { rolloutsTable } from "../adapters/rollouts-table.ts";
import { sfnWaker } from "../adapters/sfn-executions.ts";
import { environment, lambda } from "../lambda.ts";
import { AskedEvent } from "./asked-event.ts";

interface Dependencies {
  readonly store: Pick<RolloutStore, "receive">;
  readonly bus: Bus;
  readonly wake: Waker;
}

/**
 * Puts a command into its rollout's inbox and wakes the workflow. The inbox is the truth and the token a hint, so a command
 * in the inbox is answered even if nothing wakes. One that cannot be put there is answered here.
 */
export function receiveCommand({ store, bus, wake }: Dependencies) {
  return async (event: AskedEvent): Promise<Receipt | { type: "invalid" }> => {
    const type = commandTypeOf(event);
    const { data, error } = CommandRequest.safeParse(event.detail);
    if (error) {
      await bus.tell([
        declined(event, type, event.id, "unknown", describeIssues("", error, event.detail).join("; ")),
      ]);
      return { type: "invalid" };
    }
    const command: Command = {
      id: data.id ?? event.id,
      type,
      at: event.time,
      ...(data.requestedBy === undefined ? {} : { by: data.requestedBy }),
      ...(data.reason === undefined ? {} : { why: data.reason }),
    };
    const receipt = await store.receive(data.rollout, command);
    if (receipt.type === "received" || receipt.type === "repeated") {
      if (receipt.token !== undefined) await wake(receipt.token);
    } else {
      await bus.tell([declined(event, type, command.id, data.rollout, refusals[receipt.type])]);
    }
    return receipt;
  };
}

const refusals = {
  unknown: "no rollout has this id",
  settled: "the rollout is over",
  full: "the rollout has been sent too many commands",
} as const;

function commandTypeOf(event: AskedEvent): CommandType {
  const type = CommandType.options.find((one) => commandDetailTypes[one] === event["detail-type"]);
  if (type === undefined) throw new Error(`${event["detail-type"]} asks for no command`);
  return type;
}

function declined(
  event: AskedEvent,
  command: CommandType,
  commandId: string,
  rollout: string,
  reason: string,
) {
  const eventId = `${event.id}/declined`;
  return { type: "command-declined" as const, at: event.time, reason, command, commandId, rollout, eventId };
}

export const handler = lambda(AskedEvent, receiveCommand, () => ({
  store: dynamoStore(rolloutsTable(environment("ROLLOUTS_TABLE"))),
  bus: eventBridgeBus(new EventBridgeClient(), environment("BUS_NAME")),
  wake: sfnWaker(new SFNClient()),
}));
