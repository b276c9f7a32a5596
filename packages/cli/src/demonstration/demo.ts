import { defineCommand } from "citty";
import { positive } from "../common-options.ts";
import { connect } from "../connect.ts";
import { ExitCode } from "../fail.ts";
import { howToFind, portOf } from "../local/local.ts";
import { type Session, startSession } from "../local/start-session.ts";
import { stopAsked, unlessStopped, untilStopped } from "../local/stopping.ts";
import { type Live, live } from "../view/live.ts";
import { acts } from "./acts.ts";
import { openShop } from "./open-shop.ts";
import type { Orders } from "./orders.ts";
import { play } from "./play.ts";
import { closing, type Report, type RolloutReport } from "./report.ts";
import { reportWriter } from "./report-writer.ts";
import { suggestions } from "./suggestions.ts";

/** `espalier demo`, which is what `npm start` runs. */
export const demo = defineCommand({
  meta: {
    name: "demo",
    description:
      "Deploy to an AWS in one process, roll a good version out and a bad one back, on real traffic",
  },
  args: {
    once: {
      type: "boolean",
      description: "End after the summary (as without a terminal); 1 if an outcome is not the expected one",
    },
    report: { type: "string", description: "Write the summary to this file as JSON", valueHint: "file" },
    speed: { type: "string", default: "60", description: "Seconds of AWS time in one second of ours" },
    port: { type: "string", default: "0", description: "Port of the AWS on 127.0.0.1; 0 for any free one" },
    seed: {
      type: "string",
      description: "Seed of Lattice's choices between target groups, to see the same ones again",
    },
  },
  async run({ args }) {
    const screen = live();
    const stop = stopAsked();
    const options = {
      port: portOf(args.port),
      speed: positive("speed", args.speed),
      ...(args.seed === undefined ? {} : { seed: positive("seed", args.seed) }),
    };
    const write = args.report === undefined ? undefined : reportWriter(args.report);
    const session = await startSession(options);
    try {
      const { orders, report } = await unlessStopped(stop, demonstrate(session, screen, stop));
      screen.say(`\n${closing(report, acts).join("\n")}`);
      write?.(report);
      if (!args.once && process.stdout.isTTY) {
        screen.say(`\n${suggestions(session.before && session.session).join("\n")}`);
        await untilStopped(stop);
      }
      await orders.stop();
      return acts.every(({ expected }, k) => report.rollouts[k]?.outcome === expected)
        ? ExitCode.done
        : ExitCode.failed;
    } finally {
      await session.close();
    }
  },
});

/** Opens the shop and plays every act. */
async function demonstrate(
  session: Session,
  screen: Live,
  stop: AbortSignal,
): Promise<{ orders: Orders; report: Report }> {
  if (session.before) screen.say(howToFind(session));
  const orders = await openShop(session, screen);
  const startedInSeconds = Math.round(process.uptime() * 10) / 10;
  screen.say(
    `first order served ${startedInSeconds} s after the start; times from here on are AWS time (UTC)`,
  );

  const connection = await connect(session.session);
  const rollouts: RolloutReport[] = [];
  for (const act of acts) rollouts.push(await play(act, { connection, screen, orders, stop }));
  const { served, failed } = orders;
  return { orders, report: { rollouts, orders: { served, failed }, startedInSeconds } };
}
