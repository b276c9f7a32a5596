import { DeployError } from "../deploy-error.ts";

/** What a unit of systemd starts, and with which environment. */
export interface SystemdUnit {
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** Reads a unit, as far as it says what to start: words without quotes. Throws DeployError where it starts nothing. */
export function systemdUnit(name: string, text: string): SystemdUnit {
  const settings = text.split("\n").flatMap((line) => {
    const [, key, value] = /^(\w+)=(.*)$/.exec(line.trim()) ?? [];
    return key === undefined ? [] : [[key, value ?? ""] as const];
  });
  const started = settings.find(([key]) => key === "ExecStart")?.[1];
  if (started === undefined) throw new DeployError(`${name}: it has no ExecStart`);
  const environment = settings.filter(([key]) => key === "Environment").map(([, value]) => pair(value));
  return { command: started.split(/\s+/), environment: Object.fromEntries(environment) };
}

function pair(text: string): [string, string] {
  const at = text.indexOf("=");
  return [text.slice(0, at), text.slice(at + 1)];
}
