import { readFileSync } from "node:fs";
import type { Figure } from "../bench.ts";
import { startChild } from "./lattice/child.ts";
import { machine, writeFigures } from "./lattice/figures-page.ts";
import { load } from "./lattice/load.ts";

interface Told {
  readonly port: number;
  readonly request: string;
}

/**
 * A million requests through Lattice, with metrics and an access log: how much its resident memory grows after a warm-up that fills
 * the log and V8's young generation (Linux only). Nothing is collected by force: both ends are measured as the least of ten
 * readings two seconds apart, as garbage comes and goes, and none of them is of the warm-up.
 */
export async function latticeSoak({ quick }: { quick: boolean }): Promise<readonly Figure[]> {
  const requests = quick ? 100_000 : 1_000_000;
  const warmUp = quick ? 100_000 : 200_000;
  const target = await startChild<{ readonly port: number }>("target.ts");
  const lattice = await startChild<Told>("espalier.ts", [String(target.told.port), "logged"]);
  let sent = 0;
  const readingsUpTo = async (goal: number) => {
    const readings: number[] = [];
    while (sent < goal) {
      const burst = await load({ ...lattice.told, connections: 50, milliseconds: 2000 });
      sent += burst.latencies.length;
      readings.push(residentMegabytes(lattice.pid));
    }
    return readings;
  };
  try {
    await readingsUpTo(warmUp);
    const readings = await readingsUpTo(warmUp + requests);
    const before = Math.min(...readings.slice(0, 10));
    const after = Math.min(...readings.slice(-10));
    const figures: Figure[] = [
      { name: "requests served", value: sent, unit: "" },
      { name: `resident memory after the first ${warmUp}`, value: before, unit: "MB" },
      { name: "growth from there to the end", value: after - before, unit: "MB", under: 50 },
    ];
    if (!quick) writeFigures("A million requests", howMeasured(), figures);
    return figures;
  } finally {
    await lattice.close();
    await target.close();
  }
}

const howMeasured =
  () => `By \`npm run bench -- lattice-soak\`, on ${machine()}: one service with a weighted rule, metrics and an access log,
asked by 50 keep-alive connections as fast as it answers. Memory is resident memory, the least of the last ten readings at each end; nothing is collected by force.`;

function residentMegabytes(pid: number | undefined): number {
  const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Math.round(Number(kilobytes) / 1024);
}
