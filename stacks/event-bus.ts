import { named } from "./names.ts";

/** The bus on which rollouts are asked for and told about. */
export function eventBus(): aws.cloudwatch.EventBus {
  return new aws.cloudwatch.EventBus("Bus", { name: named("bus") });
}
