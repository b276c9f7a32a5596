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

/** Points this process at the embedded AWS that another one runs here. Throws UserError when none runs. */
export function useLocalSession(): void {
  pointAt(read());
}

/** Makes every SDK client of this process talk to this embedded AWS. */
export function pointAt({ endpoint, region, accessKeyId, secretAccessKey, stage }: LocalSession): void {
  Object.assign(process.env, environmentOf({ endpoint, region, accessKeyId, secretAccessKey }), {
    ESPALIER_STAGE: stage,
  });
  delete process.env.AWS_SESSION_TOKEN;
  delete process.env.AWS_PROFILE;
}

/** What any AWS tool needs in its environment to talk to the embedded AWS. */
export function environmentOf(session: Omit<LocalSession, "stage" | "pid">): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: session.endpoint,
    AWS_REGION: session.region,
    AWS_ACCESS_KEY_ID: session.accessKeyId,
    AWS_SECRET_ACCESS_KEY: session.secretAccessKey,
  };
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
