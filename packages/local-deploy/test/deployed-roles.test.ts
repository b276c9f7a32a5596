import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { type LocalAws, type ManualClock, manualClock, startLocalAws } from "@espalier/local-aws";
import { afterAll, beforeAll, expect, test } from "vitest";
import { recordStacks } from "../../../stacks/test/record-stacks.ts";
import { bundledHandlers } from "../../../test/rollout/bundled-handlers.ts";
import { create } from "../src/create/create.ts";
import { deployedService, putFunction } from "./deployed-service.ts";

const TABLE = "espalier-test-rollouts";
const bundles = mkdtempSync(path.join(tmpdir(), "espalier-bundles-"));

let aws: LocalAws;
let clock: ManualClock;
let vpc: string;

/** A rollout's function where the graph has one of SST's bundles; the others are not called here. */
function bundleOf(component: string): string {
  const name = component.replace(/\B[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
  const directory = mkdtempSync(path.join(bundles, `${name}-`));
  const source = pathToFileURL(path.join(bundledHandlers(), `${name}.mjs`)).href;
  writeFileSync(path.join(directory, "bundle.mjs"), `export { handler } from ${JSON.stringify(source)};\n`);
  return directory;
}

beforeAll(async () => {
  const recorded = await recordStacks({ shop: true });
  // The shop's topologies are not asked for: the test makes its own service.
  const resources = recorded.resources.filter(({ type }) => type !== "aws:lambda/invocation:Invocation");
  const graph = { ...recorded, resources };
  vpc = String(graph.outputs.shopVpc);
  clock = manualClock(Date.UTC(2026, 2, 1, 12, 0, 20));
  aws = await startLocalAws({ clock, lattice: { transitionMs: 0 } });
  await create({ aws, graph, bundleOf });
}, 180_000);

afterAll(async () => {
  await aws?.close();
  rmSync(bundles, { recursive: true, force: true });
});

/** Asks for a rollout, and lets it come as far as it can without time passing. */
async function ask(detail: object): Promise<void> {
  const entry = { EventBusName: "espalier-test-bus", Source: "test", DetailType: "Rollout Requested" };
  const Entries = [{ ...entry, Detail: JSON.stringify(detail) }];
  await aws.call("events", "PutEvents", { Entries });
  await clock.advance(0);
}

async function alarmIs(StateValue: "OK" | "ALARM"): Promise<void> {
  const alarm = { AlarmName: "complaints", StateValue, StateReason: "a test" };
  await aws.call("monitoring", "SetAlarmState", alarm);
  await clock.advance(0);
}

/** The types of the events of a rollout's history. */
async function historyOf(id: string): Promise<string[]> {
  const { Items } = await aws.call("dynamodb", "Query", {
    TableName: TABLE,
    KeyConditionExpression: "pk = :pk AND begins_with(sk, :sk)",
    ExpressionAttributeValues: { ":pk": { S: `ROLLOUT#${id}` }, ":sk": { S: "COMMIT#" } },
  });
  type Stored = { events: { L: { M: { type: { S: string } } }[] } };
  return Items.flatMap(({ events }: Stored) => events.L.map(({ M }) => M.type.S));
}

async function isHeld(service: string): Promise<boolean> {
  const Key = { pk: { S: `LOCK#${service}` }, sk: { S: "LOCK" } };
  return (await aws.call("dynamodb", "GetItem", { TableName: TABLE, Key })).Item !== undefined;
}

test("a whole rollout runs under the roles of the graph: hooks at an address and as a function, shifts, and an alarm that takes it back", async () => {
  const service = await deployedService(aws, "watched", ["v1", "v2"], vpc);
  const lambda = putFunction(aws, "espalier-hook-agrees", "agrees");
  await aws.call("monitoring", "PutMetricAlarm", {
    ...{ AlarmName: "complaints", Namespace: "Shop", MetricName: "Complaints", Statistic: "Sum" },
    ...{ Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: "GreaterThanThreshold" },
    TreatMissingData: "ignore",
  });
  await alarmIs("OK");
  const hooks = [
    { at: "start", url: service.url },
    { at: "start", lambda },
    { at: "roll-back", lambda },
  ];
  const strategy = { type: "canary", steps: [{ weight: 10, bakeMinutes: 60 }] };
  const candidate = "watched-v2";
  await ask({ id: "watched", service: "watched", candidate, strategy, hooks, alarms: ["complaints"] });
  expect(await service.weights()).toEqual([90, 10]);
  await clock.advance(3 * 60_000);
  expect(await isHeld(service.arn)).toBe(true);

  await alarmIs("ALARM");
  expect(await service.weights()).toEqual([100, 0]);
  await clock.advance(60_000);
  expect(await isHeld(service.arn)).toBe(false);
  const called = ["hook-called", "hook-answered"];
  const told = (await historyOf("watched")).filter((type) => type !== "minutes-closed");
  expect(told).toEqual([
    ...["rollout-started", "rollout-planned", ...called, ...called, "shift-decided", "weights-shifted"],
    ...["alarm-noted", "roll-back-decided", "weights-restored", ...called, "rollout-rolled-back"],
  ]);
}, 120_000);
