import { formatOdds, type Meta } from "@espalier/rollout";
import { defineCommand } from "citty";
import { jsonOption, stageOption } from "../../common-options.ts";
import { connect } from "../../connect.ts";
import { timeOf } from "../../view/event-line.ts";
import { count, percent, rate } from "../../view/numbers.ts";
import { table } from "../../view/table.ts";

/** `espalier rollout list`. */
export const list = defineCommand({
  meta: {
    name: "list",
    description: "List rollouts, the newest first",
  },
  args: {
    service: { type: "string", description: "Only those of this service" },
    ...jsonOption,
    ...stageOption,
  },
  async run({ args }) {
    const { rollouts } = await connect(args);
    const metas = (await rollouts.list()).filter(
      ({ summary }) => args.service === undefined || summary?.service === args.service,
    );
    if (args.json) console.log(JSON.stringify(metas.map(inJson), null, 2));
    else if (metas.length === 0) console.log("no rollouts yet; ask for one: espalier rollout start --help");
    else console.log(table(headings, metas.map(row)));
  },
});

const headings = ["id", "status", "candidate", "at", "requests", "failed", "evidence", "waits until"];

const inJson = ({ id, at, summary }: Meta) => ({ id, at, ...(summary ?? { status: "starting" }) });

function row({ id, summary }: Meta): readonly string[] {
  if (!summary) return [id, "starting"];
  const { status, candidate, weight, counts, evidence, until } = summary;
  return [
    id,
    status,
    candidate,
    weight === undefined ? "" : percent(weight),
    counts ? count(counts.candidate.requests) : "",
    counts ? rate(counts.candidate.bad, counts.candidate.requests) : "",
    evidence === undefined ? "" : formatOdds(evidence),
    until === undefined ? "" : `${until.slice(0, 10)} ${timeOf(until)}`,
  ];
}
