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

const file = path.resolve(import.meta.dirname, "../../../.espalier/local.json");

/** Writes the session down for other terminals; the answer removes it again. */
export function announce(session: LocalSession): () => void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(session, null, 2)}\n`, { mode: 0o600 });
  return () => rmSync(file, { force: true });
}

/** Points this process at the embedded AWS. Throws UserError when none runs. */
export function useLocalSession(): void {
  const session = read();
  process.env.AWS_ENDPOINT_URL = session.endpoint;
  process.env.AWS_REGION = session.region;
  process.env.AWS_ACCESS_KEY_ID = session.accessKeyId;
  process.env.AWS_SECRET_ACCESS_KEY = session.secretAccessKey;
  process.env.ESPALIER_STAGE = session.stage;
  delete process.env.AWS_SESSION_TOKEN;
  delete process.env.AWS_PROFILE;
}

function read(): LocalSession {
  try {
    const session: LocalSession = JSON.parse(readFileSync(file, "utf8"));
    process.kill(session.pid, 0);
    return session;
  } catch (cause) {
    throw new UserError("no embedded AWS runs here; start one in another terminal: npm start", { cause });
  }
}
