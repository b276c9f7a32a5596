import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Told } from "./told.ts";

const PLAYER = fileURLToPath(new URL("./player.ts", import.meta.url));

/** Plays runs in so many processes at once, an equal part of the seeds in each; calls `hear` as each run ends. Throws when a process fails. */
export async function share(
  { seed, runs, jobs, verbose }: { seed: number; runs: number; jobs: number; verbose: boolean },
  hear: (told: Told) => void,
): Promise<void> {
  const part = Math.ceil(runs / jobs);
  const starts = Array.from({ length: jobs }, (_, job) => job * part).filter((start) => start < runs);
  await Promise.all(
    starts.map(async (start) => {
      const arguments_ = [seed + start, Math.min(part, runs - start), verbose ? 1 : 0].map(String);
      const player = fork(PLAYER, arguments_);
      player.on("message", (message) => hear(message as Told));
      const [code] = await once(player, "exit");
      if (code !== 0)
        throw new Error(`the process that plays from seed ${seed + start} on ended with ${code}`);
    }),
  );
}
