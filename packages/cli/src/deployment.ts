import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { UserError } from "./fail.ts";

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

const where = () =>
  process.env.AWS_ENDPOINT_URL ??
  `region ${process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION ?? "unset"}`;

function explain(cause: Error & { code?: string }, stage: string): string {
  if (cause.name === "ParameterNotFound")
    return `no Espalier is deployed as stage "${stage}" at ${where()}; name another with --stage, or deploy it: npx sst deploy --stage ${stage}`;
  if (cause.name === "CredentialsProviderError")
    return "no AWS credentials in the environment; set them, or add --local to talk to the AWS that npm start runs here";
  if (cause.code === "ECONNREFUSED") return `nothing answers at ${where()}; is npm start still running?`;
  if (/region is missing/i.test(cause.message))
    return "no AWS region in the environment; set AWS_REGION, or add --local to talk to the AWS that npm start runs here";
  return `cannot read the deployment of stage "${stage}" at ${where()}: ${cause.name}: ${cause.message}`;
}
