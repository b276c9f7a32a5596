import type { Figure } from "../bench.ts";
import { type Child, startChild } from "./lattice/child.ts";
import { decisionsPerSecond } from "./lattice/decisions-per-second.ts";
import { machine, writeFigures } from "./lattice/figures-page.ts";
import { load, quantile } from "./lattice/load.ts";
import { startNginx } from "./lattice/nginx.ts";
import { plainRequest } from "./lattice/requests.ts";

/** What is measured says where it listens, and what to send to it where that is not the plain request. */
interface Told {
  readonly port: number;
  readonly request?: string;
  readonly controlPlane?: { readonly port: number; readonly request: string };
}

interface Contender {
  readonly name: string;
  readonly child: Child<Told>;
}

const peers = {
  "http-proxy": "http-proxy.ts",
  "fast-proxy": "fast-proxy.ts",
  "@fastify/http-proxy": "fastify-http-proxy.ts",
};
const plain = "Lattice: weighted rule, metrics, access log";
const guarded = "Lattice: the same, signed, both policies";
const connections = 50;

/**
 * Lattice's data plane beside the Node proxies and nginx, all before the same target and measured in turns in every round, so
 * that whatever else the machine does befalls all alike. A ratio is the median of the rounds' ratios.
 */
export async function lattice({ quick }: { quick: boolean }): Promise<readonly Figure[]> {
  const rounds = quick ? 3 : 9;
  const milliseconds = quick ? 1000 : 3000;
  const target = await startChild<Told>("target.ts");
  const contenders = await startContenders(target.told.port);
  try {
    const rates = await race(contenders, rounds, milliseconds);
    const best = Object.keys(peers).sort((a, b) => median(rates.get(b)) - median(rates.get(a)))[0] ?? "";
    const delays = await addedDelays(contenders, target, quick ? 1 : 3, milliseconds);
    const own = contenders.find(({ name }) => name === plain)?.child.told.controlPlane;
    const calls = own && (await load({ ...own, connections: 20, milliseconds }));
    const figures: Figure[] = [
      ...contenders.map(({ name }) => figure(name, median(rates.get(name)), "req/s")),
      { ...figure(`${plain}, against ${best}`, ratio(rates, plain, best), "x"), over: 1 },
      { ...figure(`${guarded}, against ${best}`, ratio(rates, guarded, best), "x"), over: 0.5 },
      { ...figure("added p99 latency at 1,000 req/s", median(delays), "ms"), under: 2 },
      {
        ...figure("policy of ten statements", decisionsPerSecond(milliseconds), "decisions/s"),
        over: 500_000,
      },
      {
        ...figure("GetRule, signed beforehand", calls?.requestsPerSecond ?? Number.NaN, "req/s"),
        over: 3000,
      },
    ];
    if (!quick) writeFigures("Requests a second", howMeasured(rounds), figures);
    return figures;
  } finally {
    await Promise.all([target, ...contenders.map(({ child }) => child)].map((child) => child.close()));
  }
}

async function startContenders(targetPort: number): Promise<Contender[]> {
  const args = [String(targetPort)];
  const nginx = await startNginx(targetPort);
  if (nginx === undefined) console.log("nginx is not installed, so it is not measured");
  return [
    ...(await Promise.all(
      Object.entries(peers).map(async ([name, file]) => ({
        name,
        child: await startChild<Told>(file, args),
      })),
    )),
    ...(nginx === undefined ? [] : [{ name: "nginx, one worker", child: nginx }]),
    { name: plain, child: await startChild<Told>("espalier.ts", [...args, "logged"]) },
    { name: guarded, child: await startChild<Told>("espalier.ts", [...args, "logged", "guarded"]) },
  ];
}

/** Requests a second of each, a value a round. The first round warms up and does not count. */
async function race(
  contenders: readonly Contender[],
  rounds: number,
  milliseconds: number,
): Promise<Map<string, number[]>> {
  const rates = new Map(contenders.map(({ name }) => [name, [] as number[]]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const { name, child } of inTurn(contenders, round)) {
      const asked = { ...child.told, request: requestOf(child), connections, milliseconds };
      const { requestsPerSecond } = await load(asked);
      if (round > 0) rates.get(name)?.push(requestsPerSecond);
    }
  }
  return rates;
}

/** Who goes first changes with the round. */
function inTurn<T>(all: readonly T[], round: number): T[] {
  const first = round % all.length;
  return [...all.slice(first), ...all.slice(0, first)];
}

/** By how many milliseconds Lattice's p99 lies above the target's own at 1,000 requests a second, a value a round. */
async function addedDelays(
  contenders: readonly Contender[],
  target: Child<Told>,
  rounds: number,
  milliseconds: number,
): Promise<number[]> {
  const own = contenders.find(({ name }) => name === plain);
  const delays: number[] = [];
  for (let round = 0; round < rounds && own !== undefined; round += 1) {
    const p99 = async (child: Child<Told>) => {
      const asked = { ...child.told, request: requestOf(child), connections: 20, milliseconds, rate: 1000 };
      return quantile((await load(asked)).latencies, 0.99);
    };
    const direct = await p99(target);
    delays.push((await p99(own.child)) - direct);
  }
  return delays;
}

function requestOf({ told }: Child<Told>): string {
  return told.request ?? plainRequest("127.0.0.1");
}

function ratio(rates: ReadonlyMap<string, readonly number[]>, one: string, other: string): number {
  const others = rates.get(other) ?? [];
  return median((rates.get(one) ?? []).map((rate, round) => rate / (others[round] ?? Number.NaN)));
}

function median(values: readonly number[] = []): number {
  return quantile(
    [...values].sort((a, b) => a - b),
    0.5,
  );
}

function figure(name: string, value: number, unit: string): Figure {
  const steps = Math.abs(value) < 100 ? 100 : 1;
  return { name, value: Math.round(value * steps) / steps, unit };
}

function howMeasured(rounds: number): string {
  return `By \`npm run bench -- lattice\`, on ${machine()}, of which the bench itself is about 2: with much more, others had a hand
in the absolute figures. Medians of ${rounds} rounds, in each of which every proxy is measured in turn before the same target with ${connections} keep-alive connections; the
ratios are medians of the rounds' ratios.`;
}
