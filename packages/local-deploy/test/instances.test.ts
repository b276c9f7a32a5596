import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { Graph } from "../src/graph/graph.ts";
import { instancePlans } from "../src/instances/instance-plans.ts";
import { prepareDisk } from "../src/instances/prepare-disk.ts";
import { startProcesses } from "../src/processes/start-processes.ts";
import { graphOf, resource } from "./graph-of.ts";

const disks = mkdtempSync(path.join(tmpdir(), "disks-"));
afterAll(() => rmSync(disks, { recursive: true }));

const program = `import { readFileSync } from "node:fs";
import { createServer } from "node:http";
const said = readFileSync(process.env.KEY ?? "", "utf8") + readFileSync(process.env.CERTIFICATE ?? "", "utf8");
createServer((_, response) => response.end(said)).listen(Number(process.env.PORT), process.env.HOST);`;

const unit = `[Service]
Environment=PORT=8443
Environment=KEY=/etc/echo/key.pem
Environment=CERTIFICATE=/etc/echo/certificate.pem
ExecStart=/usr/bin/node-24 /opt/echo/main.ts
`;

const openssl = [
  "openssl",
  "req",
  "-x509",
  "-keyout",
  "/etc/echo/key.pem",
  "-out",
  "/etc/echo/certificate.pem",
];

function userData(change: Record<string, unknown> = {}): string {
  return `#cloud-config\n${JSON.stringify({
    packages: ["nodejs24"],
    write_files: [
      { path: "/opt/echo/package.json", content: '{"type":"module"}' },
      { path: "/opt/echo/main.ts", content: program },
      { path: "/etc/systemd/system/echo.service", content: unit },
    ],
    runcmd: [openssl, ["systemctl", "enable", "--now", "echo.service"]],
    ...change,
  })}`;
}

const instances = (text: string): Graph =>
  graphOf(resource("aws:ec2/instance:Instance", "i-0123456789abcdef0", { userData: text }));

describe("an instance of the graph", () => {
  test("becomes a process that runs what its user data starts, from the files that it wrote", async () => {
    const plans = instancePlans(instances(userData()), disks);
    for (const plan of plans)
      await prepareDisk(plan, async () => ({ certificate: "certificate", privateKey: "key " }));
    const processes = await startProcesses(
      plans.map(({ process }) => process),
      disks,
    );
    try {
      const address = processes.addresses.get("i-0123456789abcdef0:8443");
      expect(await (await fetch(`http://${address}/`)).text()).toBe("key certificate");
    } finally {
      await processes.close();
    }
  });

  test("begins with nothing on its disk that an earlier one left there", async () => {
    const [plan] = instancePlans(
      instances(userData({ runcmd: [["systemctl", "start", "echo.service"]] })),
      disks,
    );
    if (!plan) throw new Error("no plan");
    await prepareDisk(plan, () => Promise.reject(new Error("nobody asked for a certificate")));
    expect(readFileSync(path.join(plan.disk, "opt/echo/main.ts"), "utf8")).toBe(program);
    expect(() => readFileSync(path.join(plan.disk, "etc/echo/key.pem"))).toThrow("ENOENT");
  });

  test.for<[what: string, text: string, message: string]>([
    ["is a shell script", "#!/bin/sh\nreboot", "its user data is no #cloud-config"],
    ["is YAML that is no JSON", "#cloud-config\npackages: [httpd]", "it is not written as JSON"],
    ["makes users", userData({ users: ["eve"] }), 'Unrecognized key: "users"'],
    ["runs another program", userData({ runcmd: [["curl", "x"]] }), "runs curl, which cannot be done here"],
    ["starts nothing", userData({ runcmd: [] }), "starts 0 services, not one"],
  ])("is refused where its user data %s", ([, text, message]) => {
    expect(() => instancePlans(instances(text), disks)).toThrow(message);
  });
});
