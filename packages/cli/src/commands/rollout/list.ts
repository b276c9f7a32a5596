import { formatOdds, type Meta } from "@espalier/rollout";
import { defineCommand } from "citty";
import { jsonOption, stageOption } from "../../common-options.ts";
import { connect } from "../../connect.ts";
import type { Queued } from "../../rollouts-table.ts";
import { timeOf } from "../../view/event-line.ts";
import { count, percent, rate } from "../../view/numbers.ts";
import { table } from "../../view/table.ts";

/** `espalier rollout list`. */
export const list = defineCommand({
  meta: {
    name: "list",
    description: "List rollouts, the newest first, and those that wait for their service",
  },
  args: {
    service: { type: "string", description: "Only those of this service" },
    ...jsonOption,
    ...stageOption,
  },
  async run({ args }) {
    const { rollouts } = await connect(args);
    const every = await rollouts.list();
    const metas = every.filter(
      ({ summary }) => args.service === undefined || summary?.service === args.service,
    );
    const queued = (await rollouts.queued()).filter(
      ({ holder }) => args.service === undefined || metas.some(({ id }) => id === holder),
    );
    if (args.json) console.log(JSON.stringify([...queued, ...metas.map(inJson)], null, 2));
    else if (queued.length + metas.length === 0)
      console.log("no rollouts yet; ask for one: espalier rollout start --help");
    else console.log(table(headings, [...queued.map(queuedRow), ...metas.map(row)]));
  },
});

const headings = ["id", "status", "candidate", "at", "requests", "failed", "evidence", "waits until"];

const inJson = ({ id, at, summary }: Meta) => ({ id, at, ...(summary ?? { status: "starting" }) });

const queuedRow = ({ id, status, holder = "another one" }: Queued) => [id, status, `behind ${holder}`];

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
