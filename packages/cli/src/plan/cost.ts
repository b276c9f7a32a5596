import prices from "../prices/prices.json" with { type: "json" };
import type { Usage } from "./usage.ts";

/** What one service will cost: so many units of it, in dollars. */
export interface CostLine {
  readonly service: string;
  readonly units: number;
  readonly unit: string;
  readonly dollars: number;
}

const region = "us-east-1";
const { date, source, dollars } = prices[region].rollouts;

/** Where the prices are from. */
export const priceList: Readonly<Record<"region" | "date" | "source", string>> = { region, date, source };

/** A function of Espalier has half a gigabyte, and an invocation takes about this long. Seconds. */
const GIGABYTES = 0.5;
const SECONDS = 0.3;

/** What a rollout will cost, a line a service; logs, and what the services themselves do, are not in it. */
export function costOf({
  transitions,
  invocations,
  metrics,
  requests,
  events,
  writes,
  reads,
}: Usage): CostLine[] {
  const perInvocation = dollars.lambdaRequest + GIGABYTES * SECONDS * dollars.lambdaGigabyteSecondArm;
  return [
    line("Step Functions", transitions, "state transitions", dollars.stateTransition),
    line("Lambda", invocations, "invocations", perInvocation),
    line("CloudWatch", metrics, "metrics read", dollars.metricRead),
    line("CloudWatch", requests, "other calls", dollars.cloudWatchRequest),
    line("EventBridge", events, "events", dollars.customEvent),
    line("DynamoDB", writes, "write units", dollars.dynamoWriteUnit),
    line("DynamoDB", reads, "read units", dollars.dynamoReadUnit),
  ];
}

const line = (service: string, units: number, unit: string, price: number): CostLine => ({
  service,
  units,
  unit,
  dollars: units * price,
});
