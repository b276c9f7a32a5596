import type { Target } from "@aws-sdk/client-eventbridge";
import { AwsError } from "../aws-error.ts";
import type { Platform } from "../platform.ts";
import { keptBuses, keptRules } from "./kept-buses.ts";
import type { EventPattern } from "./pattern/event-pattern.ts";
import type { RuleSchedule } from "./rule-schedule.ts";

export interface Rule {
  readonly name: string;
  readonly busName: string;
  readonly arn: string;
  readonly pattern: (EventPattern & { readonly text: string }) | undefined;
  readonly schedule: RuleSchedule | undefined;
  readonly state: "ENABLED" | "DISABLED";
  readonly description: string | undefined;
  readonly roleArn: string | undefined;
  /** By their id. */
  readonly targets: Map<string, Target>;
}

export interface Bus {
  readonly name: string;
  readonly arn: string;
  readonly description: string | undefined;
  readonly createdAt: number;
  /** By their name. */
  readonly rules: Map<string, Rule>;
}

/** The buses of the account. The default one is always there. */
export interface Buses {
  readonly all: Map<string, Bus>;
  /** Finds a bus by name or ARN; undefined names the default one. */
  find(nameOrArn: string | undefined): Bus | undefined;
  /** Throws ResourceNotFoundException. */
  bus(nameOrArn: string | undefined): Bus;
  /** Throws ResourceNotFoundException. */
  rule(name: string, busNameOrArn: string | undefined): Rule;
  arnOf(nameOrArn: string | undefined): string;
  ruleArn(name: string, busNameOrArn: string | undefined): string;
  add(name: string, description: string | undefined): Bus;
}

export function createBuses(platform: Platform): Buses {
  const prefix = `arn:aws:events:${platform.region}:${platform.account}`;
  const all = keptBuses(platform.storage);
  const nameOf = (nameOrArn = "default") =>
    nameOrArn.startsWith(`${prefix}:event-bus/`) ? nameOrArn.slice(`${prefix}:event-bus/`.length) : nameOrArn;
  const buses: Buses = {
    all,
    find: (nameOrArn) => all.get(nameOf(nameOrArn)),
    bus(nameOrArn) {
      const bus = buses.find(nameOrArn);
      if (bus === undefined) throw missing(`Event bus ${nameOf(nameOrArn)} does not exist.`);
      return bus;
    },
    rule(name, busNameOrArn) {
      const bus = buses.bus(busNameOrArn);
      const rule = bus.rules.get(name);
      if (rule === undefined) throw missing(`Rule ${name} does not exist on EventBus ${bus.name}.`);
      return rule;
    },
    arnOf(nameOrArn) {
      const name = nameOf(nameOrArn);
      return name.startsWith("arn:") ? name : `${prefix}:event-bus/${name}`;
    },
    ruleArn(name, busNameOrArn) {
      const bus = nameOf(busNameOrArn);
      return `${prefix}:rule/${bus === "default" ? name : `${bus}/${name}`}`;
    },
    add(name, description) {
      const rules = keptRules(platform.storage, name);
      const bus = { name, arn: buses.arnOf(name), description, createdAt: platform.clock.now(), rules };
      all.set(name, bus);
      return bus;
    },
  };
  if (!all.has("default")) buses.add("default", undefined);
  return buses;
}

const missing = (message: string) => new AwsError("ResourceNotFoundException", message, 400);
