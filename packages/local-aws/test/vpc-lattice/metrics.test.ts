import { once } from "node:events";
import { request, type Server } from "node:http";
import { afterEach, describe, expect, test } from "vitest";
import { type LatticeRig, latticeRig } from "./lattice-rig.ts";
import { forward, group, network, send, service, target, vpcId } from "./shop-builder.ts";

const minute = 60_000;

describe("Lattice's metrics", () => {
  let rig: LatticeRig;
  const servers: Server[] = [];
  afterEach(async () => {
    await rig.close();
    for (const server of servers.splice(0)) server.close();
  });

  /** A service whose target answers with the status that the path names. */
  const shopOf = async () => {
    rig = latticeRig();
    const only = await group(rig, "only");
    const shop = await service(rig, await network(rig), { defaultAction: forward([only, 1]) });
    servers.push(
      await target(rig, only, "10.0.0.1", ({ url = "" }, response) => {
        response.statusCode = Number(url.slice(1));
        response.end();
      }),
    );
    return { ...shop, only };
  };
  /** The sums per minute of a series of the resource as a whole. */
  const series = (dimensions: object, metric: string) =>
    rig.observed
      .filter((each) => each.metric === metric && same(each.dimensions, dimensions))
      .map(({ at, value }) => [at, value]);
  const same = (one: object, other: object) => JSON.stringify(one) === JSON.stringify(other);

  test("count a target group's and a service's requests per minute, zeros from the first traffic on", async () => {
    const { host, id, only } = await shopOf();
    const start = rig.clock.now();
    for (const status of [200, 204, 301, 404, 503, 500]) await send(rig, host, `/${status}`);
    expect(rig.observed).toEqual([]);
    await rig.clock.advance(3 * minute);

    const counts = {
      TotalRequestCount: 6,
      HTTPCode_2XX_Count: 2,
      HTTPCode_3XX_Count: 1,
      HTTPCode_4XX_Count: 1,
      HTTPCode_5XX_Count: 2,
    };
    for (const [metric, count] of Object.entries(counts)) {
      const expected = [
        [start, count],
        [start + minute, 0],
        [start + 2 * minute, 0],
      ];
      expect(series({ TargetGroup: only }, metric)).toEqual(expected);
      expect(series({ Service: id }, metric)).toEqual(expected);
      expect(series({ TargetGroup: only, AvailabilityZone: "us-east-1a" }, metric)).toEqual(expected);
    }
    const times = rig.observed.filter(
      ({ metric, dimensions }) => metric === "RequestTime" && same(dimensions, { TargetGroup: only }),
    );
    expect(times.reduce((sum, { count = 1 }) => sum + count, 0)).toBe(6);
    expect(rig.observed.every(({ namespace, lag }) => namespace === "AWS/VpcLattice" && lag === minute)).toBe(
      true,
    );
  });

  test("tell the zones of callers apart, which together are the whole", async () => {
    const { host, id, only } = await shopOf();
    const start = rig.clock.now();
    await send(rig, host, "/200");
    await send(rig, host, "/200", { zone: "us-east-1b" });
    await send(rig, host, "/503", { zone: "us-east-1b" });
    await rig.clock.advance(minute);
    await send(rig, host, "/200", { zone: "us-east-1c" });
    await rig.clock.advance(minute);
    const values = (dimensions: object, metric: string) =>
      series(dimensions, metric).map(([at = 0, value]) => [(at - start) / minute, value]);
    for (const resource of [{ TargetGroup: only }, { Service: id }]) {
      const inZone = (letter: string) => ({ ...resource, AvailabilityZone: `us-east-1${letter}` });
      expect(values(resource, "TotalRequestCount")).toEqual([
        [0, 3],
        [1, 1],
      ]);
      expect(values(inZone("a"), "TotalRequestCount")).toEqual([
        [0, 1],
        [1, 0],
      ]);
      expect(values(inZone("b"), "HTTPCode_5XX_Count")).toEqual([
        [0, 1],
        [1, 0],
      ]);
      expect(values(inZone("c"), "TotalRequestCount")).toEqual([[1, 1]]);
    }
    expect(values({ TargetGroup: only }, "ActiveConnectionCount")).toEqual([
      [0, 2],
      [1, 3],
    ]);
    const inB = { TargetGroup: only, AvailabilityZone: "us-east-1b" };
    expect(values(inB, "TotalConnectionCount")).toEqual([
      [0, 1],
      [1, 0],
    ]);
    const timed = rig.observed.filter(({ metric }) => metric === "RequestTime");
    const times = (dimensions: object) =>
      timed
        .filter((each) => same(each.dimensions, dimensions))
        .reduce((sum, { count = 1 }) => sum + count, 0);
    expect([times({ TargetGroup: only }), times(inB)]).toEqual([4, 2]);
  });

  test("count the connection of a request with trailers, which has one of its own, and its failure", async () => {
    const { host, only } = await shopOf();
    const start = rig.clock.now();
    const port = await rig.lattice.gateway(vpcId);
    const sendTrailers = async () => {
      const headers = { host, trailer: "x-sum", "transfer-encoding": "chunked" };
      const sent = request({ port, host: "127.0.0.1", method: "POST", path: "/200", headers, agent: false });
      sent.write("body");
      sent.addTrailers({ "x-sum": "4" });
      sent.end();
      const [answer] = await once(sent, "response");
      answer.resume();
      await once(answer, "end");
      return answer.statusCode;
    };
    expect(await sendTrailers()).toBe(200);
    rig.lattice.addresses.set("10.0.0.1:80", "127.0.0.1:1");
    expect(await sendTrailers()).toBe(500);
    await rig.clock.advance(minute);
    expect(series({ TargetGroup: only }, "TotalConnectionCount")).toEqual([[start, 1]]);
    expect(series({ TargetGroup: only }, "ConnectionErrorCount")).toEqual([[start, 1]]);
  });

  test("believe a trusted proxy about the zone, where it names one", async () => {
    const { host, id } = await shopOf();
    const port = await rig.lattice.trustedGateway();
    const zones = ["us-east-1b", "us-east-1b\u00e9", "Mars"];
    for (const zone of zones) {
      const headers = { host, "x-espalier-source-vpc": vpcId, "x-espalier-source-zone": zone };
      await once(request({ port, host: "127.0.0.1", path: "/200", headers, agent: false }).end(), "response");
    }
    await rig.clock.advance(minute);
    const requests = (zone: string) =>
      series({ Service: id, AvailabilityZone: zone }, "TotalRequestCount").map(([, value]) => value);
    expect([requests("us-east-1b"), requests("us-east-1a")]).toEqual([[1], [2]]);
  });

  test("end with the service and the target group, whose last traffic is still told", async () => {
    const { host, id, only, networkId } = await shopOf();
    const start = rig.clock.now();
    await send(rig, host, "/200");
    const { items } = await rig.call("ListServiceNetworkServiceAssociations", {
      serviceNetworkIdentifier: networkId,
    });
    await rig.call("DeleteServiceNetworkServiceAssociation", {
      serviceNetworkServiceAssociationIdentifier: items[0].id,
    });
    await rig.call("DeleteService", { serviceIdentifier: id });
    await rig.call("DeregisterTargets", { targetGroupIdentifier: only, targets: [{ id: "10.0.0.1" }] });
    await rig.clock.advance(2 * minute);
    expect(series({ Service: id }, "TotalRequestCount")).toEqual([[start, 1]]);
    await rig.call("DeleteTargetGroup", { targetGroupIdentifier: only });
    await rig.clock.advance(2 * minute);
    expect(series({ TargetGroup: only }, "TotalRequestCount")).toEqual([
      [start, 1],
      [start + minute, 0],
    ]);
  });

  test("put each request into the minute in which it ended", async () => {
    const { host, only } = await shopOf();
    const start = rig.clock.now();
    await rig.clock.advance(minute - 1);
    await send(rig, host, "/200");
    await rig.clock.advance(1);
    await send(rig, host, "/200");
    await send(rig, host, "/200");
    await rig.clock.advance(minute);
    expect(series({ TargetGroup: only }, "TotalRequestCount")).toEqual([
      [start, 1],
      [start + minute, 2],
    ]);
  });

  test("count a failed connection as an error of the group, and as a 5xx", async () => {
    const { host, only } = await shopOf();
    rig.lattice.addresses.delete("10.0.0.1:80");
    const start = rig.clock.now();
    await send(rig, host, "/200");
    await rig.clock.advance(minute);
    expect(series({ TargetGroup: only }, "ConnectionErrorCount")).toEqual([[start, 1]]);
    expect(series({ TargetGroup: only }, "HTTPCode_5XX_Count")).toEqual([[start, 1]]);
    expect(series({ TargetGroup: only }, "HTTPCode_2XX_Count")).toEqual([[start, 0]]);
  });

  test("count a target that speaks no TLS as an error of TLS, whichever way a request goes to it", async () => {
    rig = latticeRig();
    const config = { port: 80, protocol: "HTTPS", vpcIdentifier: vpcId, healthCheck: { enabled: false } };
    const { id } = await rig.call("CreateTargetGroup", { name: "tls", type: "IP", config });
    const { host } = await service(rig, await network(rig), { defaultAction: forward([id, 1]) });
    servers.push(await target(rig, id, "10.0.0.1", (_, response) => void response.end()));
    const start = rig.clock.now();
    expect((await send(rig, host, "/")).status).toBe(500);
    const headers = { trailer: "x-sum", "transfer-encoding": "chunked" };
    expect((await send(rig, host, "/", { method: "POST", headers, body: "a" })).status).toBe(500);
    await rig.clock.advance(minute);
    expect(series({ TargetGroup: id }, "TLSConnectionErrorCount")).toEqual([[start, 2]]);
    expect(series({ TargetGroup: id }, "ConnectionErrorCount")).toEqual([[start, 0]]);
  });

  test("count what never reached a group for the service alone, and what reached no service not at all", async () => {
    const { host, id, only, networkId } = await shopOf();
    const start = rig.clock.now();
    await send(rig, "nobody.on.aws", "/200");
    await rig.clock.advance(minute);
    expect(rig.observed).toEqual([]);
    await rig.call("UpdateServiceNetwork", { serviceNetworkIdentifier: networkId, authType: "AWS_IAM" });
    await send(rig, host, "/200");
    await rig.clock.advance(minute);
    expect(series({ Service: id }, "HTTPCode_4XX_Count")).toEqual([[start + minute, 1]]);
    expect(series({ TargetGroup: only }, "TotalRequestCount")).toEqual([]);
  });

  test("count the connections to a group's targets and the bytes on them, and how long requests took", async () => {
    const { host, only } = await shopOf();
    const start = rig.clock.now();
    for (const status of [200, 200, 200]) await send(rig, host, `/${status}`);
    await rig.clock.advance(minute);
    const value = (metric: string) => series({ TargetGroup: only }, metric)[0]?.[1];
    expect(value("TotalConnectionCount")).toBe(1);
    expect(value("HTTP1_ConnectionCount")).toBe(1);
    expect(value("HTTP2_ConnectionCount")).toBe(0);
    expect(value("ActiveConnectionCount")).toBe(1);
    expect(value("ActiveRequestCount")).toBe(0);
    expect(value("TotalTLSConnectionHandshakeCount")).toBe(0);
    expect(value("TLSConnectionErrorCount")).toBe(0);
    expect(value("ConnectionTimeoutCount")).toBe(0);
    expect(value("TotalSentConnectionBytes")).toBeGreaterThan(3 * `GET /200 HTTP/1.1 host: ${host}`.length);
    expect(value("TotalReceivedConnectionBytes")).toBeGreaterThan(3 * "HTTP/1.1 200 OK".length);
    const times = rig.observed.filter(
      ({ metric, dimensions }) => metric === "RequestTime" && same(dimensions, { TargetGroup: only }),
    );
    expect(times.reduce((sum, { count = 1 }) => sum + count, 0)).toBe(3);
    expect(times.every(({ at, unit }) => at === start && unit === "Milliseconds")).toBe(true);
    await rig.clock.advance(minute);
    const bytes = series({ TargetGroup: only }, "TotalSentConnectionBytes").map(([, each]) => each);
    expect(bytes).toEqual([expect.any(Number), 0]);
  });
});
