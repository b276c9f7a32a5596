import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { applyTopology } from "../commands/topology/apply-topology.ts";
import { connect } from "../connect.ts";
import { LOCAL_STAGE, type Session } from "../local/start-session.ts";
import type { Live } from "../view/live.ts";
import { type Orders, startOrders } from "./orders.ts";

/** Deploys Espalier and the shop, has the provision workflow make the shop's network, and starts ordering. */
export async function openShop(session: Session, screen: Live): Promise<Orders> {
  screen.say(`an AWS in one process at ${session.aws.endpoint}`);
  const { outputs } = await session.deploy({ shop: true, onProgress: (line) => screen.say(line) });
  const connection = await connect(session.session);
  for (const line of await applyTopology(connection, { file: topology, values: outputs })) screen.say(line);
  const orders = await startOrders(session.aws, String(outputs.shopVpc), await urlOf("order"));
  await orders.first;
  return orders;
}

const topology = new URL("../../../shop/topology.yaml", import.meta.url).pathname;

async function urlOf(service: string): Promise<string> {
  const Name = `/espalier/${LOCAL_STAGE}/services/${service}`;
  const { Parameter } = await new SSMClient({}).send(new GetParameterCommand({ Name }));
  return Parameter?.Value ?? "";
}
