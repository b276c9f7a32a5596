import { writeFileSync } from "node:fs";
import { defineCommand } from "citty";
import { positive } from "../common-options.ts";
import { connect } from "../connect.ts";
import { ExitCode } from "../fail.ts";
import { portOf } from "../local/local.ts";
import { startSession } from "../local/start-session.ts";
import { untilStopped } from "../local/until-stopped.ts";
import { live } from "../view/live.ts";
import { type Act, acts } from "./acts.ts";
import { openShop } from "./open-shop.ts";
import { play } from "./play.ts";
import { closing, type RolloutReport } from "./report.ts";
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
    seed: { type: "string", description: "Seed of Lattice's choices, to see the same ones again" },
  },
  async run({ args }) {
    const screen = live();
    const seed = args.seed === undefined ? {} : { seed: positive("seed", args.seed) };
    const session = await startSession({
      port: portOf(args.port),
      speed: positive("speed", args.speed),
      ...seed,
    });
    try {
      const orders = await openShop(session, screen);
      const startedInSeconds = Math.round(process.uptime() * 10) / 10;
      screen.say(`first order served ${startedInSeconds} s after the start`);

      const connection = await connect(session.session);
      const rollouts: RolloutReport[] = [];
      for (const act of acts) rollouts.push(await play(act, { connection, screen, orders }));
      const { served, failed } = orders;
      const report = { rollouts, orders: { served, failed }, startedInSeconds };

      screen.say(`\n${closing(report).join("\n")}`);
      if (args.report) writeFileSync(args.report, `${JSON.stringify(report, null, 2)}\n`);
      if (!args.once && process.stdout.isTTY) {
        screen.say(`\n${suggestions().join("\n")}`);
        await untilStopped();
      }
      await orders.stop();
      return acts.every((act, k) => asExpected(act, rollouts[k])) ? ExitCode.done : ExitCode.failed;
    } finally {
      await session.close();
    }
  },
});

const asExpected = ({ expected }: Act, report: RolloutReport | undefined) => report?.outcome === expected;
