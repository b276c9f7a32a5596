import { readFileSync } from "node:fs";
import path from "node:path";

/** What a program is called and where it and SST's platform are. */
export interface Project {
  readonly program: string;
  /** `.sst/platform`, whose Pulumi the program uses. */
  readonly platform: string;
  readonly app: { readonly name: string; readonly stage: string };
}

/** Reads the project that sst has prepared in `home` for a stack `organization/APP/STAGE`. */
export function project(home: string, stack: string): Project {
  const program = /^main: (.*)$/m.exec(readFileSync(path.join(home, "Pulumi.yaml"), "utf8"))?.[1];
  const [, name, stage] = stack.split("/");
  if (!program || !name || !stage) throw new Error(`no program for stack "${stack}" in ${home}`);
  return { program, platform: path.dirname(program), app: { name, stage } };
}
