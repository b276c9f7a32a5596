import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { Graph } from "../src/graph/graph.ts";

const platform = path.resolve(import.meta.dirname, "../../../.sst/platform");
// Below the platform, where a program finds Pulumi.
const directory = mkdtempSync(path.join(platform, "recorded-"));

afterAll(() => rmSync(directory, { recursive: true }));

/** Runs a program's statements on the recording engine, in a process of its own since Pulumi's state is global. */
function run(statements: string) {
  const program = path.join(directory, "program.mjs");
  writeFileSync(
    program,
    `import * as aws from "@pulumi/aws";\nimport * as pulumi from "@pulumi/pulumi";\n${statements}`,
  );
  const child = path.join(import.meta.dirname, "record-child.ts");
  return spawnSync(process.execPath, [child, program, platform], { encoding: "utf8" });
}

function recorded(statements: string): Graph {
  const { status, stdout, stderr } = run(statements);
  if (status !== 0) throw new Error(stderr);
  return Graph.parse(JSON.parse(stdout));
}

const refused = (statements: string) => run(statements).stderr;

describe("recording a program", () => {
  test("gives each resource the identity that AWS would, and resolves what refers to it", () => {
    const graph = recorded(`
      const queue = new aws.sqs.Queue("Orders", { name: "orders" });
      new aws.ssm.Parameter("Where", { name: "/where", type: "String", value: pulumi.jsonStringify({ arn: queue.arn }) });
      export default { url: queue.url };`);
    const [queue, parameter] = graph.resources.filter(({ custom }) => custom);
    expect(queue).toMatchObject({
      type: "aws:sqs/queue:Queue",
      urn: "urn:pulumi:test::espalier::aws:sqs/queue:Queue::Orders",
      outputs: { arn: "arn:aws:sqs:us-east-1:123456789012:orders" },
    });
    expect(parameter?.inputs).toEqual({
      name: "/where",
      type: "String",
      value: '{"arn":"arn:aws:sqs:us-east-1:123456789012:orders"}',
    });
    expect(graph.outputs).toEqual({ url: "https://sqs.us-east-1.amazonaws.com/123456789012/orders" });
  });

  test("gives the same identities every time", () => {
    const program = `export default { vpc: new aws.ec2.Vpc("V", { cidrBlock: "10.0.0.0/16" }).id };`;
    expect(recorded(program).outputs).toEqual(recorded(program).outputs);
  });

  test("knows the account of what is made by a provider that assumes a role", () => {
    const graph = recorded(`
      const provider = new aws.Provider("There", {
        region: "us-east-1",
        assumeRoles: [{ roleArn: "arn:aws:iam::222222222222:role/deploys" }],
      });
      const made = new aws.sqs.Queue("There", { name: "there" }, { provider });
      new aws.sqs.Queue("Here", { name: "here" });
      const { accountId } = aws.getCallerIdentityOutput({}, { provider });
      export default { arn: made.arn, accountId };`);
    expect(graph.outputs).toEqual({
      arn: "arn:aws:sqs:us-east-1:222222222222:there",
      accountId: "222222222222",
    });
    const accounts = graph.resources.map(({ name, type, account }) => [type, name, account]);
    expect(accounts).toContainEqual(["aws:sqs/queue:Queue", "There", "222222222222"]);
    expect(accounts).toContainEqual(["aws:sqs/queue:Queue", "Here", "123456789012"]);
  });

  test("answers a data source", () => {
    expect(recorded(`export default { region: aws.getRegionOutput().region };`).outputs).toEqual({
      region: "us-east-1",
    });
  });
});

describe("recording a program refuses", () => {
  test("a type of resource that it does not know", () => {
    expect(refused(`new aws.sns.Topic("News");`)).toContain(
      "does not know the resource type aws:sns/topic:Topic (News)",
    );
  });

  test("a data source that it has no answer for", () => {
    expect(refused(`export default { ip: aws.ec2.getElasticIpOutput({ id: "x" }).publicIp };`)).toContain(
      "no answer for the data source aws:ec2/getElasticIp:getElasticIp",
    );
  });

  test("two resources of one name", () => {
    expect(refused(`for (const name of ["a", "b"]) new aws.sqs.Queue("Same", { name });`)).toContain(
      "two resources are called urn:pulumi:test::espalier::aws:sqs/queue:Queue::Same",
    );
  });

  test("an Output in a plain string", () => {
    expect(
      refused(`
        const queue = new aws.sqs.Queue("Orders", { name: "orders" });
        new aws.ssm.Parameter("Where", { name: "/where", type: "String", value: \`at \${queue.arn}\` });`),
    ).toContain("aws:ssm/parameter:Parameter::Where: an Output was put into a plain string");
  });

  test("a program that fails", () => {
    expect(refused(`throw new Error("no such table");`)).toContain("no such table");
  });

  test("a program of which a part fails that nothing waits for", () => {
    expect(
      refused(`
        const name = new Promise((_, reject) => setTimeout(() => reject(new Error("no such handler")), 20));
        new aws.sqs.Queue("Orders", { name: pulumi.output(name).apply((name) => name) });
        export default {};`),
    ).toContain("no such handler");
  });
});
