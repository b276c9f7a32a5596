import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../../packages/shop/src/main.ts", import.meta.url));

/** The shop's own program, one process a service, as its containers run it. */
export async function startContainers(services: readonly string[]) {
  const children: ChildProcess[] = [];
  const ports = await Promise.all(
    services.map(async (service) => {
      const child = spawn(process.execPath, [main], {
        env: { SHOP_SERVICE: service, PORT: "0" },
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
