import { type EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { translated } from "@espalier/lattice";
import { Unavailable } from "@espalier/rollout";
import type { TopologyRun } from "@espalier/topology";

/** Things listed in an event, which EventBridge limits to 256 KB; the table has them all. */
const listed = 50;

/** Puts the outcome of a run on the bus. The id is the same for the same run, to drop repeats by. */
export const tellRun = (client: EventBridgeClient, bus: string) => (run: TopologyRun) =>
  tell(client, bus, detailTypeOf(run), run.at, { eventId: `${run.id}-settled`, ...brief(run) });

/** Puts one event on the bus. Throws Unavailable where the bus does not take it. */
export async function tell(
  client: EventBridgeClient,
  bus: string,
  detailType: string,
  at: string,
  detail: object,
): Promise<void> {
  const entry = {
    EventBusName: bus,
    Source: "espalier",
    DetailType: detailType,
    Detail: JSON.stringify(detail),
    Time: new Date(at),
  };
  const answer = await translated(client.send(new PutEventsCommand({ Entries: [entry] })));
  const refused = answer.Entries?.find(({ ErrorCode }) => ErrorCode !== undefined);
  if (refused)
    throw new Unavailable(
      `the bus ${bus} did not take an event: ${refused.ErrorCode} ${refused.ErrorMessage}`,
    );
}

const detailTypeOf = (run: TopologyRun): string =>
  run.status === "applied" && run.type === "destroy" ? "Topology Destroyed" : detailTypes[run.status];

const detailTypes = {
  applied: "Topology Applied",
  failed: "Topology Failed",
  broken: "Topology Failed",
  refused: "Topology Refused",
} as const;

function brief(run: TopologyRun): TopologyRun {
  if (!("report" in run)) return run;
  const { changes, left, failures } = run.report;
  return {
    ...run,
    report: {
      ...run.report,
      changes: changes.slice(0, listed),
      left: left.slice(0, listed),
      failures: failures.slice(0, listed),
    },
  };
}
