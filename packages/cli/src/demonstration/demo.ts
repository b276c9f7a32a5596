import { runningClock } from "@espalier/local-aws";
import { defineCommand } from "citty";
import { positive } from "../common-options.ts";
import { connect } from "../connect.ts";
import { ExitCode } from "../fail.ts";
import { howToFind, portOf } from "../local/local.ts";
import { type Session, startSession } from "../local/start-session.ts";
import { stopAsked, unlessStopped, untilStopped } from "../local/stopping.ts";
import { live } from "../view/live.ts";
import { acts } from "./acts.ts";
import { keepPace } from "./keep-pace.ts";
import { openShop } from "./open-shop.ts";
import { PER_SECOND } from "./orders.ts";
import { play, type Stage } from "./play.ts";
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
    const speed = positive("speed", args.speed);
    const clock = runningClock({ speed });
    const options = {
      clock,
      port: portOf(args.port),
      ...(args.seed === undefined ? {} : { seed: positive("seed", args.seed) }),
    };
    const write = args.report === undefined ? undefined : reportWriter(args.report);
    const session = await startSession(options);
    try {
      if (session.before) screen.say(howToFind(session));
      const orders = await unlessStopped(stop, openShop(session, screen));
      const stopPacing = keepPace({ clock, speed, perSecond: PER_SECOND, answered: () => orders.answered });
      const report = await unlessStopped(stop, playActs(session, { screen, orders, stop }));
      screen.say(`\n${closing(report, acts).join("\n")}`);
      write?.(report);
      if (!args.once && process.stdout.isTTY) {
        screen.say(`\n${suggestions(session.before && session.session).join("\n")}`);
        await untilStopped(stop);
      }
      stopPacing();
      await orders.stop();
      return acts.every(({ expected }, k) => report.rollouts[k]?.outcome === expected)
        ? ExitCode.done
        : ExitCode.failed;
    } finally {
      await session.close();
    }
  },
});

/** Plays every act in a shop that is open. */
async function playActs(session: Session, stage: Omit<Stage, "connection">): Promise<Report> {
  const { screen, orders } = stage;
  const startedInSeconds = Math.round(process.uptime() * 10) / 10;
  screen.say(
    `first order served ${startedInSeconds} s after the start; times from here on are AWS time (UTC)`,
  );
  const connection = await connect(session.session);
  const rollouts: RolloutReport[] = [];
  for (const act of acts) rollouts.push(await play(act, { connection, ...stage }));
  const { served, failed } = orders;
  return { rollouts, orders: { served, failed }, startedInSeconds };
}
