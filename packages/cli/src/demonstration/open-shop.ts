import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { LOCAL_STAGE, type Session } from "../local/start-session.ts";
import type { Live } from "../view/live.ts";
import { type Orders, startOrders } from "./orders.ts";
import { showProgress } from "./show-progress.ts";

/** Deploys Espalier and the shop, whose deployment has its network made, and starts ordering. */
export async function openShop(session: Session, screen: Live): Promise<Orders> {
  const progress = showProgress(screen);
  progress.now(`an AWS in one process at ${session.aws.endpoint}`);
  const { outputs, answers } = await session.deploy({ shop: true, onProgress: progress.now });
  progress.end();
  for (const answer of answers.values())
    for (const change of (answer as Answer).changes) screen.say(`    + ${change}`);
  const orders = await startOrders(session.aws, {
    role: String(outputs.customerRole),
    vpc: String(outputs.shopVpc),
    url: await urlOf("order"),
  });
  await orders.first;
  return orders;
}

/** What the function answers that a deployment asks for a topology. */
interface Answer {
  readonly changes: readonly string[];
}

async function urlOf(service: string): Promise<string> {
  const Name = `/espalier/${LOCAL_STAGE}/services/${service}`;
  const { Parameter } = await new SSMClient({}).send(new GetParameterCommand({ Name }));
  return Parameter?.Value ?? "";
}
