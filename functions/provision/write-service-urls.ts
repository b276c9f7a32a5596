import {
  DeleteParameterCommand,
  PutParameterCommand,
  paginateGetParametersByPath,
  SSMClient,
} from "@aws-sdk/client-ssm";
import { translated } from "@espalier/lattice";
import { type Runs, serviceUrls } from "@espalier/topology";
import * as z from "zod";
import { dynamoRuns } from "../adapters/dynamo-runs.ts";
import { rolloutsTable } from "../adapters/rollouts-table.ts";
import { environment, lambda } from "../lambda.ts";
import { loadRun } from "./advance-run.ts";

const Input = z.object({ id: z.string() });

interface Dependencies {
  readonly runs: Runs;
  /** What is written down, by service. */
  readonly told: () => Promise<Readonly<Record<string, string>>>;
  readonly tell: (service: string, url: string) => Promise<void>;
  readonly forget: (service: string) => Promise<void>;
}

/** Writes down where the services of a run are, for whoever calls them: what is not written so yet. Those that it deleted are taken out. */
export function writeServiceUrls({ runs, told, tell, forget }: Dependencies) {
  return async ({ id }: z.infer<typeof Input>): Promise<{ readonly written: number }> => {
    const { run, progress } = await loadRun(runs, id);
    const before = await told();
    const urls = serviceUrls(run.request.document, progress.existing);
    const news = Object.entries(urls).filter(([service, url]) => before[service] !== url);
    for (const [service, url] of news) await tell(service, url);
    const deleted = progress.attempts.flatMap(({ outcome, verb, address }) => {
      const [, service = ""] = /^services\.([^.]+)$/.exec(address) ?? [];
      return outcome === "made" && verb === "delete" && service in before ? [service] : [];
    });
    for (const service of deleted) await forget(service);
    return { written: news.length };
  };
}

export const handler = lambda(Input, writeServiceUrls, () => {
  const client = new SSMClient({ maxAttempts: 8 });
  const path = environment("SERVICE_URLS_PATH");
  return {
    runs: dynamoRuns(rolloutsTable(environment("ROLLOUTS_TABLE"))),
    told: async () => {
      const told: Record<string, string> = {};
      for await (const { Parameters = [] } of paginateGetParametersByPath({ client }, { Path: path }))
        for (const { Name = "", Value = "" } of Parameters) told[Name.slice(path.length + 1)] = Value;
      return told;
    },
    tell: async (service: string, url: string) => {
      const Name = `${path}/${service}`;
      const put = new PutParameterCommand({ Name, Value: url, Type: "String", Overwrite: true });
      await translated(client.send(put));
    },
    forget: async (service: string) => {
      const remove = new DeleteParameterCommand({ Name: `${path}/${service}` });
      await translated(client.send(remove)).catch((error: Error) => {
        if (error.name !== "ParameterNotFound") throw error;
      });
    },
  };
});
