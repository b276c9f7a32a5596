import { startLocalAws } from "@espalier/local-aws";
import { describe, expect, test } from "vitest";
import { onThisMachine } from "../src/local/on-this-machine.ts";

const targets = new Map([["10.0.1.10:80", "127.0.0.1:4001"]]);

describe("what the command line says of this machine", () => {
  test("holds after a reset too: the gateway has its port, and targets are where they were", async () => {
    const machine = onThisMachine({ targets, gateway: 0 });
    await using aws = await running((lattice) => machine.tell(lattice));
    const port = await machine.tell(aws.lattice);
    const status = async () => (await fetch(`http://127.0.0.1:${port}/`)).status;
    expect(await status()).toBe(404);
    const before = aws.lattice;
    await fetch(`${aws.endpoint}/_local/reset`, { method: "POST" });
    expect(aws.lattice).not.toBe(before);
    expect(await status()).toBe(404);
    expect(aws.lattice.addresses.resolve("10.0.1.10", 80)).toBe("127.0.0.1:4001");
  });

  test("opens no gateway that nobody asked for", async () => {
    await using aws = await running();
    expect(await onThisMachine({ targets, gateway: undefined }).tell(aws.lattice)).toBeUndefined();
  });

  test("is refused in a sentence where the gateway's port is taken", async () => {
    await using aws = await running();
    const port = Number(new URL(aws.endpoint).port);
    await expect(onThisMachine({ targets, gateway: port }).tell(aws.lattice)).rejects.toMatchObject({
      name: "UserError",
      message: `port ${port} is in use; name another with --gateway, or 0 for any free one`,
    });
  });
});

async function running(tell: (lattice: Lattice) => Promise<unknown> = async () => undefined) {
  const aws = await startLocalAws({ afterReset: async (lattice) => void (await tell(lattice)) });
  return {
    endpoint: aws.endpoint,
    get lattice() {
      return aws.lattice;
    },
    [Symbol.asyncDispose]: () => aws.close(),
  };
}

type Lattice = Awaited<ReturnType<typeof startLocalAws>>["lattice"];
