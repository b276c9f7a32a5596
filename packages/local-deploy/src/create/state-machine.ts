import * as z from "zod";
import { creator } from "./creator.ts";

const StateMachine = z.object({
  name: z.string(),
  type: z.string(),
  roleArn: z.string(),
  definition: z.string(),
  loggingConfiguration: z.object({
    level: z.string(),
    includeExecutionData: z.boolean(),
    logDestination: z.string(),
  }),
});

/** A state machine. */
export const stateMachine = creator(StateMachine, ({ loggingConfiguration, ...inputs }, _, { aws }) =>
  aws.call("states", "CreateStateMachine", {
    ...inputs,
    loggingConfiguration: {
      level: loggingConfiguration.level,
      includeExecutionData: loggingConfiguration.includeExecutionData,
      destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: loggingConfiguration.logDestination } }],
    },
  }),
);
