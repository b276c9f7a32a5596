import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { UserError } from "./fail.ts";
import { awsMeant, whyNoAws } from "./why-no-aws.ts";

/** Where one stage of Espalier lives, as its stack wrote it down. */
export interface Deployment {
  readonly bus: string;
  readonly table: string;
  readonly rolloutStateMachine: string;
  readonly provisionStateMachine: string;
  /** What the Scheduler needs to put a request on the bus: where to, as whom, and where what does not arrive is kept. */
  readonly busArn: string;
  readonly scheduleGroup: string;
  readonly scheduleRole: string;
  readonly undelivered: string;
}

/** Reads the stage's outputs from SSM, in whatever AWS the environment names. Throws UserError where there is none. */
export async function deployment(stage: string): Promise<Deployment> {
  const name = `/espalier/${stage}/outputs`;
  const answer = await new SSMClient({})
    .send(new GetParameterCommand({ Name: name }))
    .catch((cause: Error) => {
      throw new UserError(explain(cause, stage), { cause });
    });
  return JSON.parse(answer.Parameter?.Value ?? "{}");
}

function explain(cause: Error, stage: string): string {
  if (cause.name === "ParameterNotFound")
    return `no Espalier is deployed as stage "${stage}" at ${awsMeant()}; name another with --stage, or deploy it: npx sst deploy --stage ${stage}`;
  return (
    whyNoAws(cause) ??
    `cannot read the deployment of stage "${stage}" at ${awsMeant()}: ${cause.name}: ${cause.message}`
  );
}
