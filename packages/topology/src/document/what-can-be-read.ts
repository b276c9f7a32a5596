import type { z } from "zod";
import type { TopologyDocument } from "./document.ts";
import { Network } from "./network.ts";
import { Service } from "./service.ts";
import { TargetGroup } from "./target-group.ts";

type Issue = z.core.$ZodIssue;

/** What a document that is wrong says all the same. */
export interface Readable {
  /** With something plain in the place of each thing that cannot be read, so that it is known by its name. */
  readonly document: TopologyDocument;
  /** What is wrong with things that have a wrong name: a schema looks no further at those. */
  readonly issues: readonly Issue[];
}

const plain = {
  networks: "external",
  targetGroups: TargetGroup.parse({ type: "LAMBDA", targets: "external" }),
  services: Service.parse({}),
} as const;

/** Reads thing by thing what cannot be read whole, so that one mistake hides no other. */
export function whatCanBeRead(written: unknown): Readable {
  const networks = each(written, "networks", Network);
  const targetGroups = each(written, "targetGroups", TargetGroup);
  const services = each(written, "services", Service);
  return {
    document: {
      ...{ name: "document", tags: {} },
      networks: networks.things,
      targetGroups: targetGroups.things,
      services: services.things,
    },
    issues: [...networks.issues, ...targetGroups.issues, ...services.issues],
  };
}

function each<Kind extends keyof typeof plain, Schema extends z.ZodType>(
  written: unknown,
  kind: Kind,
  schema: Schema,
) {
  const things: Record<string, z.output<Schema> | (typeof plain)[Kind]> = {};
  const issues: Issue[] = [];
  for (const [name, thing] of Object.entries(recordIn(written, kind))) {
    const { success, data, error } = schema.safeParse(thing, { reportInput: true });
    things[name] = success ? data : plain[kind];
    for (const issue of error?.issues ?? []) issues.push({ ...issue, path: [kind, name, ...issue.path] });
  }
  return { things, issues };
}

const recordIn = (written: unknown, kind: string): object => {
  const record: unknown =
    typeof written === "object" && written !== null
      ? Object.entries(written).find(([key]) => key === kind)?.[1]
      : {};
  return typeof record === "object" && record !== null && !Array.isArray(record) ? record : {};
};
