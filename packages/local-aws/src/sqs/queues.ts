import { type PolicyDocument, parsePolicy } from "@espalier/policy";
import { AwsError } from "../aws-error.ts";
import type { Platform } from "../platform.ts";
import { keptQueues, newQueue, type Queue, settable } from "./queue.ts";
import { queueMetrics } from "./queue-metrics.ts";

/** The queues of the account, by name, URL or ARN. */
export interface Queues {
  create(name: string): Queue;
  find(name: string): Queue | undefined;
  /** Throws QueueDoesNotExist. `queue` is a name, a URL or an ARN. */
  get(queue: string): Queue;
  delete(queue: Queue): void;
  all(): readonly Queue[];
  url(queue: Queue): string;
  /** The ARN a queue of this name or URL has, whether it exists or not. */
  arn(queue: string): string;
  policy(queue: string): PolicyDocument | undefined;
  /** Throws InvalidAttributeName and InvalidAttributeValue. */
  setAttributes(queue: Queue, attributes: Readonly<Record<string, string>>): void;
}

/** `endpoint` is where the URLs of queues point to: SDK clients send to the host they find there. */
export function queues(platform: Platform, endpoint: () => string): Queues {
  const { account, region, clock, storage } = platform;
  const stored = keptQueues(storage);
  const metrics = queueMetrics(platform, (name) => stored.get(name));
  for (const queue of stored.values()) metrics.used(queue);
  const arn = (queue: string) => `arn:aws:sqs:${region}:${account}:${nameOf(queue)}`;

  return {
    arn,
    find: (name) => stored.get(name),
    delete({ name, attributes, messages }) {
      stored.delete(name);
      attributes.clear();
      messages.clear();
    },
    all: () => [...stored.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    url: ({ name }) => `${endpoint()}/${account}/${name}`,
    get(queue) {
      const found = stored.get(nameOf(queue));
      if (found === undefined) {
        throw new AwsError("QueueDoesNotExist", "The specified queue does not exist.");
      }
      metrics.used(found);
      return found;
    },
    create(name) {
      const created = newQueue(storage, { name, arn: arn(name), createdAt: clock.now() });
      stored.set(name, created);
      metrics.used(created);
      return created;
    },
    policy(queue) {
      const text = stored.get(nameOf(queue))?.attributes.get("Policy");
      return text === undefined ? undefined : parsePolicy(text);
    },
    setAttributes(queue, attributes) {
      for (const [name, value] of Object.entries(attributes)) checkAttribute(name, value);
      for (const [name, value] of Object.entries(attributes)) {
        if (value === "") queue.attributes.delete(name);
        else queue.attributes.set(name, value);
      }
    },
  };
}

function nameOf(queue: string): string {
  return queue.slice(Math.max(queue.lastIndexOf("/"), queue.lastIndexOf(":")) + 1);
}

function checkAttribute(name: string, value: string): void {
  if (!Object.hasOwn(settable, name)) {
    throw new AwsError("InvalidAttributeName", `Unknown Attribute ${name}.`);
  }
  const invalid = (cause?: unknown) =>
    new AwsError("InvalidAttributeValue", `Invalid value for the parameter ${name}.`, 400, {}, { cause });
  if (/^\d+$/.test(settable[name] ?? "") && !/^\d+$/.test(value)) throw invalid();
  try {
    if (name === "Policy" && value !== "") parsePolicy(value);
    if (name === "RedrivePolicy" && value !== "") JSON.parse(value);
  } catch (cause) {
    throw invalid(cause);
  }
}
