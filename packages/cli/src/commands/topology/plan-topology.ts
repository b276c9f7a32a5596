import { changeFields } from "@espalier/topology";
import { defineCommand } from "citty";
import { jsonOption } from "../../common-options.ts";
import { ExitCode } from "../../fail.ts";
import { adoptOption, documentFrom, documentOptions, listed } from "./document-options.ts";
import { type Ahead, lookAhead } from "./look-ahead.ts";
import { planLines } from "./plan-lines.ts";

/** `espalier topology plan`. */
export const planTopology = defineCommand({
  meta: {
    name: "plan",
    description:
      "Say what an apply would do. Changes nothing. Ends with 0 nothing to do, 2 something to do, 5 refused, 1 bad document or command line",
  },
  args: { ...documentOptions, ...adoptOption, ...jsonOption },
  async run({ args, rawArgs }) {
    const { written, told } = await documentFrom(args, rawArgs);
    const ahead = await lookAhead(written, { adopt: listed(args.adopt) });
    if (args.json) console.log(JSON.stringify(inJson(ahead), null, 2));
    else for (const line of planLines(ahead, told)) console.log(line);
    return exitCodeOf(ahead);
  },
});

/** What a plan ends with. */
function exitCodeOf({ changes }: Ahead): number {
  if (changes.some(({ state }) => state === "refused")) return ExitCode.refused;
  return changes.every(({ state }) => state === "unchanged") ? ExitCode.done : ExitCode.toDo;
}

/** A plan for machines: every change that is to be made, with its fields, and how many are not. */
const inJson = ({ document, existing, changes, warnings }: Ahead) => ({
  name: document.name,
  changes: changes
    .filter(({ state }) => state !== "unchanged")
    .map((change) =>
      change.state === "ready" ? { ...change, fields: changeFields(existing, change) } : change,
    ),
  unchanged: changes.filter(({ state }) => state === "unchanged").length,
  warnings,
});
