import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { named, only, type RunRig, runRig, vpc } from "./run-rig.ts";
import { statusFrom } from "./status-from.ts";

let rig: RunRig;
let fruit: Server;
beforeAll(async () => {
  fruit = createServer((_, response) => response.end("an apple")).listen(0, "127.0.0.1");
  await once(fruit, "listening");
  rig = await runRig();
  rig.aws.lattice.addresses.set("10.0.0.1:80", `127.0.0.1:${(fruit.address() as AddressInfo).port}`);
});
afterAll(async () => {
  await rig.close();
  fruit.close();
});

const document = {
  name: "stall",
  networks: { market: { vpcs: [{ vpc }] } },
  targetGroups: {
    fruit: { type: "IP", vpc, port: 80, targets: ["10.0.0.1"], healthCheck: { enabled: false } },
  },
  services: {
    fruit: {
      networks: ["market"],
      listeners: { http: { protocol: "HTTP", defaultAction: { forward: "fruit" } } },
    },
    closed: {
      networks: ["market"],
      listeners: { http: { protocol: "HTTP", defaultAction: { fixedResponse: 404 } } },
    },
  },
};

const destroy = (id: string, more = {}) =>
  rig.walk({ what: "Destroy", id, detail: { name: "stall", ...more } });

/** Calls a service through the data plane, so often and to this answer. */
async function call(service: string, times: number, status: number): Promise<void> {
  const { id } = await only(rig, "ListServices", service);
  const { dnsEntry } = await rig.aws.call("vpc-lattice", "GetService", { serviceIdentifier: id });
  for (let k = 0; k < times; k++)
    expect(await statusFrom(rig.aws, vpc, `http://${dnsEntry.domainName}/`)).toBe(status);
}

describe("a destroy of services that are called", () => {
  test("is refused while requests that were forwarded are in the metrics, and goes on once they are old", async () => {
    await rig.walk({ what: "Apply", id: "stall-1", detail: { document } });
    await rig.clock.advance(60_000);
    await call("fruit", 3, 200);
    await call("closed", 2, 404);
    await rig.clock.advance(5 * 60_000);
    expect(await destroy("stall-2")).toMatchObject({
      status: "refused",
      problems: [
        "document: services.fruit had 3 requests in the last ten minutes; take its callers away first, or destroy it even with traffic",
      ],
    });
    await call("fruit", 1, 200);
    await rig.clock.advance(20 * 60_000);
    expect(await destroy("stall-3")).toMatchObject({ status: "applied", type: "destroy" });
    expect(await named(rig, "ListServices", "fruit")).toEqual([]);
  });

  test("takes them all the same where that is meant", async () => {
    await rig.walk({ what: "Apply", id: "stall-4", detail: { document } });
    await rig.clock.advance(60_000);
    await call("fruit", 1, 200);
    await rig.clock.advance(5 * 60_000);
    expect(await destroy("stall-5")).toMatchObject({ status: "refused" });
    expect(await destroy("stall-6", { evenWithTraffic: true })).toMatchObject({
      status: "applied",
      report: { failures: [], left: [] },
    });
  });
});
