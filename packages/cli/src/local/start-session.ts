import { mkdirSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import {
  AuthorityFileError,
  DataDirectoryError,
  type LocalAws,
  type LocalAwsOptions,
  startLocalAws,
} from "@espalier/local-aws";
import { DeployError, type Deployment, deploy } from "@espalier/local-deploy";
import { UserError } from "../fail.ts";
import { announce, type LocalSession, pointAt } from "../local-session.ts";
import type { ToldCredentials } from "./told-credentials.ts";

/** The stage that is deployed to the embedded AWS. */
export const LOCAL_STAGE = "local";

const root = path.resolve(import.meta.dirname, "../../../..");

/** How long a deployment under way may take to end when the session closes, in milliseconds. */
const CLOSING_MS = 5_000;

/** What to start. Port 0 takes a free one. */
export interface SessionOptions
  extends ToldCredentials,
    Pick<LocalAwsOptions, "afterReset" | "authorityFile" | "clock" | "lattice" | "speed"> {
  readonly port: number;
  readonly seed?: number;
  /** The directory that keeps its state; by default nothing is kept. */
  readonly data?: string;
}

/** An embedded AWS that other terminals can find, and that this process's SDK clients talk to. */
export interface Session {
  readonly aws: LocalAws;
  readonly session: LocalSession;
  /** Another embedded AWS that was here first: other terminals find that one. */
  readonly before: LocalSession | undefined;
  /** Deploys this repository's stacks to it with the real `sst deploy`. Throws UserError. */
  deploy(options: { shop: boolean; onProgress(line: string): void }): Promise<Deployment>;
  close(): Promise<void>;
}

/** Starts an embedded AWS. Throws UserError where its port is taken, or what it is to keep or write cannot be. */
export async function startSession(options: SessionOptions): Promise<Session> {
  makeFolder(options.lattice?.accessLogFolder);
  const aws = await startLocalAws(options).catch((cause) => {
    throw mended(cause, options.port);
  });
  // Who is to trust the root, or has it in a file, is told now of what is wrong with that.
  if (options.authorityFile !== undefined || options.data !== undefined)
    await aws.certificateAuthority().catch(async (cause) => {
      await aws.close();
      throw mended(cause, options.port);
    });
  const { endpoint, region, credentials } = aws;
  const session = { endpoint, region, ...credentials, stage: LOCAL_STAGE, pid: process.pid };
  const { before, withdraw } = announce(session);
  pointAt(session);
  const deployments: Promise<Deployment>[] = [];
  return {
    aws,
    session,
    before,
    deploy(options) {
      const deployment = deploy({ root, stage: LOCAL_STAGE, aws, ...options }).catch(inOneLine);
      deployments.push(deployment);
      return deployment;
    },
    async close() {
      withdraw();
      const closing = Promise.allSettled(deployments.map(async (deployment) => (await deployment).close()));
      // One that is still under way ends by itself, at the latest with this process.
      await Promise.race([closing, pause(CLOSING_MS, undefined, { ref: false })]);
      await aws.close();
    },
  };
}

/** Access logs are delivered later, when nobody is there to be told that they cannot be. */
function makeFolder(folder: string | undefined): void {
  if (folder === undefined) return;
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : cause;
    throw new UserError(`--access-logs: ${folder} cannot be made a folder: ${reason}`, { cause });
  }
}

/** What a start failed of, where the user can mend it, as a UserError. */
function mended(cause: NodeJS.ErrnoException, port: number): Error {
  if (cause instanceof DataDirectoryError) return new UserError(`--data: ${cause.message}`, { cause });
  if (cause instanceof AuthorityFileError) return new UserError(`--authority: ${cause.message}`, { cause });
  const another = "name another with --port, or 0 for any free one";
  if (cause.code === "EADDRINUSE") return new UserError(`port ${port} is in use; ${another}`, { cause });
  if (cause.code === "EACCES" && cause.syscall === "listen")
    return new UserError(`port ${port} is not for this user; ${another}`, { cause });
  return cause;
}

function inOneLine(cause: Error): never {
  throw cause instanceof DeployError ? new UserError(cause.message, { cause }) : cause;
}
