import path from "node:path";
import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { applyTopology } from "../commands/topology/apply-topology.ts";
import { connect } from "../connect.ts";
import { LOCAL_STAGE, type Session } from "../local/start-session.ts";
import type { Live } from "../view/live.ts";
import { type Orders, startOrders } from "./orders.ts";
import { showProgress } from "./show-progress.ts";

/** Deploys Espalier and the shop, has the provision workflow make the shop's network, and starts ordering. */
export async function openShop(session: Session, screen: Live): Promise<Orders> {
  const progress = showProgress(screen);
  progress.now(`an AWS in one process at ${session.aws.endpoint}`);
  const { outputs } = await session.deploy({ shop: true, onProgress: progress.now });
  progress.now("provisioning the shop's service network");
  const connection = await connect(session.session);
  const done = await applyTopology(connection, { file: topology, values: outputs });
  progress.end();
  for (const line of done) screen.say(`    ${line}`);
  const orders = await startOrders(session.aws, String(outputs.shopVpc), await urlOf("order"));
  await orders.first;
  return orders;
}

const topology = path.resolve(import.meta.dirname, "../../../shop/topology.yaml");

async function urlOf(service: string): Promise<string> {
  const Name = `/espalier/${LOCAL_STAGE}/services/${service}`;
  const { Parameter } = await new SSMClient({}).send(new GetParameterCommand({ Name }));
  return Parameter?.Value ?? "";
}
