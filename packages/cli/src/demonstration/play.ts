import { randomUUID } from "node:crypto";
import { summary } from "@espalier/rollout";
import colors from "picocolors";
import type { Connection } from "../connect.ts";
import { rolloutState } from "../rollout-state.ts";
import { sendEvent } from "../send-event.ts";
import type { Live } from "../view/live.ts";
import { watchRollout } from "../watch-rollout.ts";
import type { Act } from "./acts.ts";
import type { Orders } from "./orders.ts";
import { type RolloutReport, rolloutReport } from "./report.ts";

/** Where an act is played. */
export interface Stage {
  readonly connection: Connection;
  readonly screen: Live;
  readonly orders: Orders;
  readonly stop: AbortSignal;
}

/** Requests the act's rollout, shows it to its end, and answers how it ended. */
export async function play(
  { title, request }: Act,
  { connection, screen, orders, stop }: Stage,
): Promise<RolloutReport> {
  const id = `${request.candidate}-${randomUUID().slice(0, 8)}`;
  screen.say(`\n${colors.bold(title)}`);
  await sendEvent(connection.bus, "Rollout Requested", { ...request, id });
  const footer = () => [`  ${orders.line()}`];
  await watchRollout({ connection, id, json: false, live: screen, footer, signal: stop });
  const ended = summary(await rolloutState(connection.rollouts, id));
  if (!ended) throw new Error(`rollout ${id} left no history`);
  return rolloutReport(ended);
}
