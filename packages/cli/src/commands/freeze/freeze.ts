import { setTimeout as pause } from "node:timers/promises";
import type { Frozen } from "@espalier/rollout";
import { defineCommand } from "citty";
import { askedFields, askedOptions, jsonOption, stageOption } from "../../common-options.ts";
import { type Connection, connect } from "../../connect.ts";
import { didYouMean } from "../../did-you-mean.ts";
import { ExitCode, UserError } from "../../fail.ts";
import { sendEvent } from "../../send-event.ts";
import { says } from "../../view/event-line.ts";

/** `espalier freeze`. */
export const freeze = defineCommand({
  meta: {
    name: "freeze",
    description:
      "Stop the line: while rollouts are frozen no share grows; going back is always free. Without a word it says whether they are",
  },
  args: {
    switch: { type: "positional", required: false, description: "on or off", valueHint: "on|off" },
    ...askedOptions,
    ...jsonOption,
    ...stageOption,
  },
  async run({ args }) {
    const wanted = wantedOf(args.switch);
    const connection = await connect(args);
    if (wanted !== undefined)
      await sendEvent(connection.bus, "Freeze Requested", { frozen: wanted, ...askedFields(args) });
    const frozen = await reached(connection, wanted);
    if (args.json) console.log(JSON.stringify({ frozen: frozen !== null, ...frozen }));
    else if (frozen === null) console.log("rollouts are not frozen");
    else console.log(`all rollouts are frozen since ${frozen.since}${says(frozen)}`);
  },
});

function wantedOf(word: string | undefined): boolean | undefined {
  if (word === undefined) return undefined;
  if (word === "on" || word === "off") return word === "on";
  throw new UserError(`the switch is "${word}"${didYouMean(word, ["on", "off"])}; it is on or off`, {
    exitCode: ExitCode.usage,
  });
}

/** How often the switch is read, and how long it may take to turn, in milliseconds of wall time. */
const EVERY_MS = 200;
const LONGEST_MS = 30_000;

/** Who froze, once the switch is as wanted; as it is where nothing is wanted. Throws UserError where it does not turn. */
async function reached({ rollouts }: Connection, wanted: boolean | undefined): Promise<Frozen | null> {
  const began = performance.now();
  for (;;) {
    const frozen = await rollouts.frozen();
    if (wanted === undefined || wanted === (frozen !== null)) return frozen;
    if (performance.now() - began > LONGEST_MS)
      throw new UserError("the freeze was asked for and has not taken hold yet; see: espalier freeze", {
        exitCode: ExitCode.stillRunning,
      });
    await pause(EVERY_MS);
  }
}
