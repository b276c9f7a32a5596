import { afterEach, describe, expect, test } from "vitest";
import { rateLimit } from "../../src/vpc-lattice/data-plane/admission/rate-limit.ts";
import { type LatticeRig, latticeRig } from "./lattice-rig.ts";
import { network, send, service } from "./shop-builder.ts";

describe("The rate of a service's requests", () => {
  test("may be a second's worth at once, and then the pace at which a second's worth comes back", () => {
    let now = 0;
    const withinRate = rateLimit(10, () => now);
    const taken = (serviceId: string, asked: number) =>
      Array.from({ length: asked }, () => withinRate(serviceId)).filter(Boolean).length;
    expect(taken("svc-1", 100)).toBe(10);
    now += 250;
    expect(taken("svc-1", 100)).toBe(2);
    expect(taken("svc-2", 100)).toBe(10);
    now += 60_000;
    expect(taken("svc-1", 100)).toBe(10);
  });

  let rig: LatticeRig | undefined;
  afterEach(() => rig?.close());

  test("is bounded where it is set: what is beyond is refused with 429, another service untouched", async () => {
    rig = latticeRig({ requestsPerSecond: 0.001 });
    const networkId = await network(rig);
    const ok = { fixedResponse: { statusCode: 404 } };
    const one = await service(rig, networkId, { name: "one", defaultAction: ok });
    const other = await service(rig, networkId, { name: "other", defaultAction: ok });
    expect((await send(rig, one.host, "/")).status).toBe(404);
    expect(await send(rig, one.host, "/")).toMatchObject({ status: 429, body: "Too Many Requests" });
    expect((await send(rig, other.host, "/")).status).toBe(404);
  });
});
