import type { Directory, Named } from "@espalier/rollout";

/** What people should know about the group that gets all traffic back. Not being able to read its health fails nothing. */
export async function stableWarnings(
  directory: Pick<Directory, "targetGroup">,
  { id, name }: Named,
): Promise<string[]> {
  try {
    const found = await directory.targetGroup(id);
    if (found.type === "not-found") return [`stable ${name} is gone: nothing answers for it`];
    const { targets } = found.thing;
    if (targets.some((status) => status !== "UNHEALTHY" && status !== "DRAINING")) return [];
    const health = targets.length === 0 ? "none is registered" : targets.join(", ");
    return [`stable ${name} has no healthy target (${health}): see to it, it gets all traffic again`];
  } catch (error) {
    return [
      `the health of stable ${name} could not be read (${error instanceof Error ? error.name : error})`,
    ];
  }
}
