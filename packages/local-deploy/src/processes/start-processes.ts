import path from "node:path";
import type { ProcessPlan } from "./process-plan.ts";
import { type Process, startProcess } from "./start-process.ts";

/** The processes that stand for a graph's containers and instances. */
export interface Processes {
  /** Where each target (`[2600:1f18::10]:80`) really is (`127.0.0.1:PORT`). */
  readonly addresses: ReadonlyMap<string, string>;
  /** Ends them and waits until they are gone. */
  close(): Promise<void>;
}

/** Starts all plans as processes in `root`. Throws DeployError, leaving none behind, if one does not come up. */
export async function startProcesses(plans: readonly ProcessPlan[], root: string): Promise<Processes> {
  const logs = path.join(root, ".sst/local-deploy/processes");
  const started = await Promise.allSettled(plans.map((plan) => startProcess(plan, root, logs)));
  const processes = started.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  const failure = started.find((one) => one.status === "rejected");
  if (failure) {
    await closeAll(processes);
    throw failure.reason;
  }
  const addresses = plans.flatMap(({ targets }, index) =>
    targets.map((target): [string, string] => [target, processes[index]?.address ?? ""]),
  );
  return { addresses: new Map(addresses), close: () => closeAll(processes) };
}

async function closeAll(processes: readonly Process[]): Promise<void> {
  await Promise.all(processes.map((process) => process.close()));
}
