import path from "node:path";
import * as z from "zod";
import { DeployError } from "../deploy-error.ts";
import type { Graph, Resource } from "../graph/graph.ts";
import { ofType } from "../graph/of-type.ts";
import type { ProcessPlan } from "../processes/process-plan.ts";
import { type CloudConfig, cloudConfig } from "./cloud-config.ts";
import { systemdUnit } from "./systemd-unit.ts";

/** An instance of the graph: what its user data leaves on its disk, which is a directory here, and what it starts. */
export interface InstancePlan {
  /** The directory that stands for its disk. */
  readonly disk: string;
  /** By path in `disk`. */
  readonly files: ReadonlyMap<string, string>;
  /** Where a certificate of the instance's own, and its key, go in `disk`; they are made with openssl there. */
  readonly certificate: { readonly certificate: string; readonly key: string } | undefined;
  readonly process: ProcessPlan;
}

const Instance = z.object({ userData: z.string() });

/** The instances of a graph, their disks below `disks`. Throws DeployError for user data that does what cannot be done here. */
export function instancePlans(graph: Graph, disks: string): InstancePlan[] {
  return ofType(graph, "aws:ec2/instance:Instance").map((resource) => plan(resource, disks));
}

function plan({ name, id, inputs }: Resource, disks: string): InstancePlan {
  const config = cloudConfig(name, Instance.parse(inputs).userData);
  const disk = path.join(disks, name);
  const at = (file: string) => path.join(disk, file);
  const unit = unitOf(name, config);
  const made = config.runcmd.find(([program]) => program === "openssl");
  const { PORT: port, ...environment } = unit.environment;
  if (port === undefined) throw new DeployError(`${name}: its service has no PORT in its environment`);
  const onDisk = (value: string) => (value.startsWith("/") ? at(value) : value);
  const [, ...words] = unit.command;
  return {
    disk,
    files: new Map(config.write_files.map(({ path, content }) => [at(path), content])),
    certificate: made && {
      certificate: at(after(name, made, "-out")),
      key: at(after(name, made, "-keyout")),
    },
    process: {
      name,
      command: [programOf(unit.command), ...words.map(onDisk)],
      environment: Object.fromEntries(
        Object.entries(environment).map(([key, value]) => [key, onDisk(value)]),
      ),
      targets: [`${id}:${port}`],
    },
  };
}

/** The one unit that is enabled, of those that are written; whatever else is run has to be known. */
function unitOf(name: string, { write_files, runcmd }: CloudConfig) {
  for (const [program] of runcmd)
    if (!["chown", "mkdir", "openssl", "systemctl"].includes(program ?? ""))
      throw new DeployError(`${name}: its user data runs ${program}, which cannot be done here`);
  const enabled = runcmd.filter(([program]) => program === "systemctl").map((command) => command.at(-1));
  const units = write_files.filter(({ path: file }) => enabled.includes(path.basename(file)));
  const [unit, second] = units;
  if (!unit || second)
    throw new DeployError(`${name}: its user data starts ${units.length} services, not one`);
  return systemdUnit(unit.path, unit.content);
}

/** Namespaced packages have the version in the program's name: `/usr/bin/node-24`. */
function programOf([program = ""]: readonly string[]): string {
  return path.basename(program).replace(/-\d+$/, "");
}

function after(name: string, command: readonly string[], option: string): string {
  const value = command[command.indexOf(option) + 1];
  if (!command.includes(option) || value === undefined)
    throw new DeployError(`${name}: its openssl has no ${option}`);
  return value;
}
