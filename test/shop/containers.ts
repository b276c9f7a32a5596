import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../../packages/shop/src/main.ts", import.meta.url));

/** What the services are told besides their names, by name. */
type Settings = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The shop's own program, one process a service, as its containers and instances run it. */
export async function startContainers(settings: Settings) {
  const children: ChildProcess[] = [];
  const ports = await Promise.all(
    Object.entries(settings).map(async ([service, more]) => {
      const child = spawn(process.execPath, [main], {
        env: { SHOP_SERVICE: service, PORT: "0", ...more },
        stdio: ["ignore", "pipe", "inherit"],
      });
      children.push(child);
      const [line] = await once(child.stdout, "data");
      return [service, Number(JSON.parse(String(line)).port)] as const;
    }),
  );
  return {
    /** The loopback port of each service. */
    ports: Object.fromEntries(ports) as Readonly<Record<string, number>>,
    async close() {
      await Promise.all(
        children.map(async (child) => {
          const ended = once(child, "exit");
          child.kill("SIGTERM");
          await ended;
        }),
      );
    },
  };
}
