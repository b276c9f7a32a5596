import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));

test("the program serves until it is told to stop, and ends the request under way", async () => {
  const child = spawn(process.execPath, [main], {
    env: { SHOP_SERVICE: "payment", PORT: "0" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(child.stdout, "data");
  const { port, service } = JSON.parse(String(line));
  expect(service).toBe("payment");

  let finish = () => {};
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(Buffer.from('{"order":"1","customer":"ada",'));
      finish = () => {
        controller.enqueue(Buffer.from('"amount":5}'));
        controller.close();
      };
    },
  });
  const paying = fetch(`http://127.0.0.1:${port}/payments`, { method: "POST", body, duplex: "half" });
  expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200);
  child.kill("SIGTERM");
  await refused(port);
  finish();
  expect((await paying).status).toBe(201);
  expect(await once(child, "exit")).toEqual([0, null]);
});

/** Resolves when nobody takes new connections at the port. */
async function refused(port: number): Promise<void> {
  for (;;) {
    const socket = connect(port, "127.0.0.1");
    const taken = await Promise.race([
      once(socket, "connect").then(() => true),
      once(socket, "error").then(() => false),
    ]).catch(() => false);
    socket.destroy();
    if (!taken) return;
  }
}
