import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import path from "node:path";
import { describe, expect, test } from "vitest";
import type { Graph } from "../src/graph/graph.ts";
import { containerPlans } from "../src/processes/container-plans.ts";
import { startProcesses } from "../src/processes/start-processes.ts";
import { containerGraph, graphOf } from "./graph-of.ts";

const root = path.resolve(import.meta.dirname, "../../..");
const echo = ["node", "packages/local-deploy/test/echo-server.ts"];

const started = (graph: Graph) => startProcesses(containerPlans(graph), root);

/** A connection that says when the other side is gone. */
async function connection(address = ""): Promise<{ readonly gone: Promise<unknown> }> {
  const [host, port] = address.split(":");
  const socket = connect(Number(port), host);
  await once(socket, "connect");
  // A killed process may reset its connections rather than end them.
  socket.on("error", () => {});
  return { gone: new Promise((resolve) => socket.resume().once("close", resolve)) };
}

describe("a service of the graph", () => {
  test("is reached at the fixed addresses of the load balancer in front of it", () => {
    expect(containerPlans(containerGraph("shop", echo, { WHO: "shop" }))).toEqual([
      {
        name: "shop",
        command: echo,
        environment: { WHO: "shop" },
        targets: ["10.0.10.10:80", "10.0.11.10:80"],
      },
    ]);
  });

  test("is reached at IPv6 addresses where the load balancer has them", () => {
    const subnetMappings = [{ subnetId: "subnet-1", ipv6Address: "2600:1f18:1:1::10" }];
    const [plan] = containerPlans(containerGraph("shop", echo, {}, { subnetMappings }));
    expect(plan?.targets).toEqual(["[2600:1f18:1:1::10]:80"]);
  });

  test("is reached by the load balancer's ARN where that is an application load balancer", () => {
    const [plan] = containerPlans(containerGraph("shop", echo, {}, { loadBalancerType: "application" }));
    expect(plan?.targets).toEqual(["arn:shop-balancer:80"]);
  });

  test("is refused when nothing forwards to it", () => {
    const graph = containerGraph("shop", echo);
    const without = graph.resources.filter(({ type }) => type !== "aws:lb/listener:Listener");
    expect(() => containerPlans(graphOf(...without))).toThrow(
      "shop: it has no task definition or nothing forwards",
    );
  });
});

describe("a container", () => {
  test("runs as a process that answers at a loopback address, until it is closed", async () => {
    const containers = await started(containerGraph("echo", echo, { WHO: "me" }));
    const address = containers.addresses.get("10.0.11.10:80");
    expect(address).toMatch(/^127\.0\.0\.1:\d+$/);
    expect(await (await fetch(`http://${address}/`)).text()).toBe("me");
    const { gone } = await connection(address);
    await containers.close();
    await gone;
    await expect(fetch(`http://${address}/`)).rejects.toThrow();
  });

  test("ends when the process that started it is killed", async () => {
    const parent = spawn(process.execPath, [path.join(import.meta.dirname, "container-parent.ts")], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [line] = await once(parent.stdout, "data");
    const gone = connection(String(line).trim());
    await (async () => parent.kill("SIGKILL"))();
    await await gone;
  });

  test("that ends at once is told with its command and where its output is", async () => {
    const graph = containerGraph("broken", ["node", "no-such-file.ts"]);
    await expect(started(graph)).rejects.toThrow(
      "broken: node no-such-file.ts ended with 1; see .sst/local-deploy/processes/broken.log",
    );
  });

  test("of another program than node is refused", async () => {
    await expect(started(containerGraph("py", ["python", "x.py"]))).rejects.toThrow(
      "py: only node can be run here, not python",
    );
  });
});
