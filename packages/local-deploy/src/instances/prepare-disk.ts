import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { InstancePlan } from "./instance-plans.ts";

/** Both PEM. */
interface KeyPair {
  readonly certificate: string;
  readonly privateKey: string;
}

/** Makes the directory that stands for an instance's disk, with what its user data puts there and nothing else. */
export async function prepareDisk(
  { disk, files, certificate: own }: InstancePlan,
  issue: () => Promise<KeyPair>,
): Promise<void> {
  rmSync(disk, { recursive: true, force: true });
  for (const [file, content] of files) write(file, content);
  if (own === undefined) return;
  const { certificate, privateKey } = await issue();
  write(own.certificate, certificate);
  write(own.key, privateKey);
}

function write(file: string, content: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content, { mode: 0o600 });
}
