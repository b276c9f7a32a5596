import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { UserError } from "./fail.ts";

/** How to reach the embedded AWS that runs on this machine: what `--local` puts into the environment. */
export interface LocalSession {
  readonly endpoint: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly stage: string;
  readonly pid: number;
}

const here = path.resolve(import.meta.dirname, "../../../.espalier");
const file = () => path.join(process.env.ESPALIER_HOME ?? here, "local.json");

/** How an announcement went: `before` is the session that was there first, and still is what `--local` finds. */
export interface Announcement {
  readonly before: LocalSession | undefined;
  /** Takes the announcement back, if it is this session's. */
  withdraw(): void;
}

/** Writes the session down for other terminals, in ESPALIER_HOME or this repository, unless another one that runs is there. */
export function announce(session: LocalSession): Announcement {
  mkdirSync(path.dirname(file()), { recursive: true });
  const before = running();
  if (before !== undefined) return { before, withdraw: () => undefined };
  const text = `${JSON.stringify(session, null, 2)}\n`;
  rmSync(file(), { force: true });
  writeFileSync(file(), text, { mode: 0o600, flag: "wx" });
  return {
    before,
    withdraw() {
      if (written() === text) rmSync(file(), { force: true });
    },
  };
}

/** Points this process at the embedded AWS that another one runs here. Throws UserError when none runs. */
export function useLocalSession(): void {
  pointAt(read());
}

/** Makes every SDK client of this process talk to this embedded AWS. */
export function pointAt(session: LocalSession): void {
  Object.assign(process.env, environmentOf(session));
  delete process.env.AWS_SESSION_TOKEN;
  delete process.env.AWS_PROFILE;
}

/** What any AWS tool needs in its environment to talk to the embedded AWS, and espalier to find its stage there. */
export function environmentOf(session: LocalSession): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: session.endpoint,
    AWS_REGION: session.region,
    // The first AWS CLI and boto3 know the region by this name alone.
    AWS_DEFAULT_REGION: session.region,
    AWS_ACCESS_KEY_ID: session.accessKeyId,
    AWS_SECRET_ACCESS_KEY: session.secretAccessKey,
    ESPALIER_STAGE: session.stage,
  };
}

function read(): LocalSession {
  const session = running();
  if (session === undefined)
    throw new UserError("no embedded AWS runs here; start one in another terminal: npm start");
  return session;
}

/** The session that is announced, if its process is there. */
function running(): LocalSession | undefined {
  try {
    const session: LocalSession = JSON.parse(written() ?? "null");
    return session !== null && alive(session.pid) ? session : undefined;
  } catch {
    return undefined;
  }
}

function written(): string | undefined {
  try {
    return readFileSync(file(), "utf8");
  } catch {
    return undefined;
  }
}

function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
