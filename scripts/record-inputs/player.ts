import { type LocalAws, manualClock } from "../../packages/local-aws/src/index.ts";
import { type CommandType, commandDetailTypes } from "../../packages/rollout/src/index.ts";
import type { Deployment } from "../../test/rollout/deployed-espalier.ts";
import { type Answers, type Shop, shop } from "../../test/rollout/shop.ts";
import { embedded } from "../bench/rollouts/embedded.ts";

/** Somebody who has rollouts run, and minutes pass. */
export interface Player {
  readonly aws: LocalAws;
  readonly machine: string;
  /** A service of its own, under traffic from then on. */
  open(name: string, versions: Readonly<Record<string, Answers>>): Promise<Shop>;
  /** Asks for a rollout of a service to its v2, or as wanted. */
  start(id: string, service: string, wanted: object): Promise<void>;
  command(type: CommandType, rollout: string): Promise<void>;
  ask(detailType: string, detail: object): Promise<void>;
  /** Calls a function as its schedule would, and with more in its input. */
  schedule(functionName: string, more?: object): Promise<void>;
  minutes(count: number): Promise<void>;
  /** Lets what has been set going settle. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

const MINUTE = 60_000;
const REQUESTS_A_MINUTE = 30;
const asker = { requestedBy: "ana", reason: "a release" };

export async function player(deployment: Deployment): Promise<Player> {
  const clock = manualClock(Date.UTC(2026, 2, 1, 12, 0, 20));
  const world = await embedded(clock, deployment);
  const { aws, deployed } = world;
  const shops: Shop[] = [];
  const settle = () => clock.advance(0);
  const ask = async (detailType: string, detail: object) => {
    await world.ask(detailType, { ...asker, ...detail });
    await settle();
  };
  return {
    ...{ aws, machine: deployed.rolloutMachine, ask, settle },
    async open(name, versions) {
      const opened = await shop(aws, name, versions);
      shops.push(opened);
      return opened;
    },
    start: (id, service, wanted) =>
      ask("Rollout Requested", { id, service, candidate: `${service}-v2`, ...wanted }),
    command: (type, rollout) => ask(commandDetailTypes[type], { rollout }),
    async schedule(FunctionName, more = {}) {
      const event = { at: new Date(clock.now()).toISOString(), ...more };
      await aws.call("lambda", "Invoke", { FunctionName, Payload: Buffer.from(JSON.stringify(event)) });
      await settle();
    },
    async minutes(count) {
      for (let minute = 0; minute < count; minute += 1) {
        await Promise.all(shops.map(({ send }) => send(REQUESTS_A_MINUTE)));
        await clock.advance(MINUTE);
      }
    },
    settle,
    async close() {
      for (const { close } of shops) close();
      await world.close();
    },
  };
}
