import type {
  CreateEventBusRequest,
  CreateEventBusResponse,
  DeleteEventBusRequest,
  DescribeEventBusRequest,
  DescribeEventBusResponse,
  EventBus,
  ListEventBusesRequest,
  ListEventBusesResponse,
} from "@aws-sdk/client-eventbridge";
import { AwsError } from "../../aws-error.ts";
import type { Operation } from "../../platform.ts";
import type { Bus } from "../bus.ts";
import type { EventBridge } from "../event-bridge.ts";
import { page } from "../page.ts";
import { checkName, refuse } from "../refuse.ts";

export function busOperations({ buses, schedules }: EventBridge) {
  const permission = (action: string) => ({
    permissions: ({ Name }: { Name?: string | undefined }) => [
      { action: `events:${action}`, resource: buses.arnOf(Name) },
    ],
  });

  const CreateEventBus: Operation<CreateEventBusRequest, CreateEventBusResponse> = {
    ...permission("CreateEventBus"),
    run({ Name = "", Description }) {
      checkName("name", Name, 256);
      if (buses.all.has(Name)) {
        throw new AwsError("ResourceAlreadyExistsException", `Event bus ${Name} already exists.`);
      }
      const bus = buses.add(Name, Description);
      return { EventBusArn: bus.arn, ...(Description === undefined ? {} : { Description }) };
    },
  };
  const DescribeEventBus: Operation<DescribeEventBusRequest, DescribeEventBusResponse> = {
    ...permission("DescribeEventBus"),
    run: ({ Name }) => shape(buses.bus(Name)),
  };
  const ListEventBuses: Operation<ListEventBusesRequest, ListEventBusesResponse> = {
    permissions: () => [{ action: "events:ListEventBuses", resource: "*" }],
    run({ NamePrefix = "", NextToken, Limit = 100 }) {
      const found = [...buses.all.values()].filter(({ name }) => name.startsWith(NamePrefix));
      const { items, next } = page(found, { limit: Limit, token: NextToken });
      return { EventBuses: items.map(shape), ...next };
    },
  };
  const DeleteEventBus: Operation<DeleteEventBusRequest, void> = {
    ...permission("DeleteEventBus"),
    run({ Name }) {
      const bus = buses.find(Name);
      // Deleting a bus that is not there succeeds on AWS.
      if (bus === undefined) return;
      if (bus.name === "default") refuse("Cannot delete event bus default.");
      for (const rule of bus.rules.values()) {
        schedules.remove(rule);
        rule.targets.clear();
      }
      bus.rules.clear();
      buses.all.delete(bus.name);
    },
  };
  return { CreateEventBus, DescribeEventBus, ListEventBuses, DeleteEventBus };
}

function shape({ name, arn, description, createdAt }: Bus): EventBus {
  const created = new Date(createdAt);
  return { Name: name, Arn: arn, Description: description, CreationTime: created, LastModifiedTime: created };
}
