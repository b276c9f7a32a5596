import path from "node:path";
import { type LocalAws, startLocalAws } from "@espalier/local-aws";
import { type Deployment, deploy } from "@espalier/local-deploy";
import { UserError } from "../fail.ts";
import { announce, type LocalSession, pointAt } from "../local-session.ts";

/** The stage that is deployed to the embedded AWS. */
export const LOCAL_STAGE = "local";

const root = path.resolve(import.meta.dirname, "../../../..");

/** What to start. `speed` is seconds of AWS time in one second of ours; port 0 takes a free one. */
export interface SessionOptions {
  readonly port: number;
  readonly speed: number;
  readonly seed?: number;
}

/** An embedded AWS that other terminals can find, and that this process's SDK clients talk to. */
export interface Session {
  readonly aws: LocalAws;
  readonly session: LocalSession;
  /** Deploys this repository's stacks to it with the real `sst deploy`. */
  deploy(options: { shop: boolean; onProgress(line: string): void }): Promise<Deployment>;
  close(): Promise<void>;
}

/** Starts an embedded AWS. Throws UserError where its port is taken. */
export async function startSession({ port, speed, seed }: SessionOptions): Promise<Session> {
  const aws = await startLocalAws({ port, speed, ...(seed === undefined ? {} : { seed }) }).catch((cause) => {
    throw cause.code === "EADDRINUSE"
      ? new UserError(`port ${port} is in use; name another with --port, or 0 for any free one`, { cause })
      : cause;
  });
  const { endpoint, region, credentials } = aws;
  const session = { endpoint, region, ...credentials, stage: LOCAL_STAGE, pid: process.pid };
  const withdraw = announce(session);
  pointAt(session);
  const deployments: Deployment[] = [];
  return {
    aws,
    session,
    async deploy(options) {
      const deployment = await deploy({ root, stage: LOCAL_STAGE, aws, ...options });
      deployments.push(deployment);
      return deployment;
    },
    async close() {
      withdraw();
      for (const deployment of deployments) await deployment.close();
      await aws.close();
    },
  };
}
