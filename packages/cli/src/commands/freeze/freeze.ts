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
    const ask = () => sendEvent(connection.bus, "Freeze Requested", { frozen: wanted, ...askedFields(args) });
    const frozen =
      wanted === undefined ? await connection.rollouts.frozen() : await turned(connection, wanted, ask);
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

/** How often the switch is read and asked for, and how long it may take to turn, in milliseconds of wall time. */
const EVERY_MS = 200;
const AGAIN_MS = 3_000;
const LONGEST_MS = 30_000;

/**
 * Who froze, once the switch is as wanted. It is asked for again while it is not, since the end of a freeze counts for nothing in
 * the second of that freeze. Throws UserError where it does not turn.
 */
async function turned(
  { rollouts }: Connection,
  wanted: boolean,
  ask: () => Promise<unknown>,
): Promise<Frozen | null> {
  const began = performance.now();
  for (let asked = 0; ; await pause(EVERY_MS)) {
    const since = performance.now() - began;
    if (since >= asked * AGAIN_MS) {
      await ask();
      asked += 1;
    }
    const frozen = await rollouts.frozen();
    if (wanted === (frozen !== null)) return frozen;
    if (since > LONGEST_MS)
      throw new UserError("the freeze was asked for and has not taken hold yet; see: espalier freeze", {
        exitCode: ExitCode.notYet,
      });
  }
}
