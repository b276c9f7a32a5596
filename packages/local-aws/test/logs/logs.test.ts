import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  PutLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { describe, expect, test } from "vitest";
import { roleSettings, runningLocalAws } from "../running-local-aws.ts";

const logGroupName = "/espalier/access";

async function logGroup(...streams: string[]) {
  const { settings, ...rest } = await runningLocalAws();
  const client = new CloudWatchLogsClient(settings);
  await client.send(new CreateLogGroupCommand({ logGroupName }));
  for (const logStreamName of streams) {
    await client.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
  }
  const put = (logStreamName: string, ...lines: [timestamp: number, message: string][]) =>
    client.send(
      new PutLogEventsCommand({
        logGroupName,
        logStreamName,
        logEvents: lines.map(([timestamp, message]) => ({ timestamp, message })),
      }),
    );
  return { ...rest, client, put };
}

const messages = ({ events = [] }: { events?: { message?: string | undefined }[] | undefined }) =>
  events.map(({ message }) => message);

describe("CloudWatch Logs", () => {
  test("reads a stream forwards and backwards, to the end and no further", async () => {
    const { client, put } = await logGroup("a");
    await put("a", [1, "one"], [2, "two"], [3, "three"]);
    const read = (more: object) =>
      client.send(new GetLogEventsCommand({ logGroupName, logStreamName: "a", limit: 2, ...more }));
    const head = await read({ startFromHead: true });
    expect(messages(head)).toEqual(["one", "two"]);
    const next = await read({ nextToken: head.nextForwardToken });
    expect(messages(next)).toEqual(["three"]);
    const end = await read({ nextToken: next.nextForwardToken });
    expect(messages(end)).toEqual([]);
    expect(end.nextForwardToken).toBe(next.nextForwardToken);
    expect(messages(await read({}))).toEqual(["two", "three"]);
  });

  test("searches all streams of a group in the order of time, page by page", async () => {
    const { client, put } = await logGroup("a", "b");
    await put("a", [1, "error one"], [5, "error five"]);
    await put("b", [3, "error three"], [4, "fine"], [5, "error five again"]);
    const search = (more: object) =>
      client.send(new FilterLogEventsCommand({ logGroupName, filterPattern: "error", limit: 3, ...more }));
    const first = await search({});
    expect(messages(first)).toEqual(["error one", "error three", "error five"]);
    const second = await search({ nextToken: first.nextToken });
    expect(messages(second)).toEqual(["error five again"]);
    expect(second.nextToken).toBeUndefined();
  });

  test.for([
    ['"two words"', ["has two words"]],
    ["words two", ["has two words", "words: two"]],
    ["words -has", ["words: two"]],
    ["WORDS", []],
  ] as const)("finds by the terms %s", async ([filterPattern, found]) => {
    const { client, put } = await logGroup("a");
    await put("a", [1, "has two words"], [2, "words: two"], [3, "nothing"]);
    expect(messages(await client.send(new FilterLogEventsCommand({ logGroupName, filterPattern })))).toEqual(
      found,
    );
  });

  test("finds by members of lines that are JSON", async () => {
    const { client, put } = await logGroup("a");
    const lines = ['{"a":"x","b":"y"}', '{"a":"x"}', '{"a":1}', '"a"', "a x"];
    await put("a", ...lines.map((line, at): [number, string] => [at, line]));
    const find = async (filterPattern: string) =>
      messages(await client.send(new FilterLogEventsCommand({ logGroupName, filterPattern })));
    expect(await find('{ $.a = "x" }')).toEqual(lines.slice(0, 2));
    expect(await find('{$.a = "x" && $.b = "y"}')).toEqual(lines.slice(0, 1));
  });

  test("refuses other patterns for JSON instead of finding the wrong lines", async () => {
    const { client } = await logGroup();
    const search = new FilterLogEventsCommand({ logGroupName, filterPattern: "{ $.status = 500 }" });
    await expect(client.send(search)).rejects.toMatchObject({ name: "InvalidParameterException" });
  });

  test("refuses lines out of order, none at all, and groups that exist or do not", async () => {
    const { client, put } = await logGroup("a");
    await expect(put("a", [2, "x"], [1, "y"])).rejects.toMatchObject({ name: "InvalidParameterException" });
    await expect(put("a")).rejects.toMatchObject({ name: "InvalidParameterException" });
    await expect(put("b", [1, "x"])).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    await expect(client.send(new CreateLogGroupCommand({ logGroupName }))).rejects.toMatchObject({
      name: "ResourceAlreadyExistsException",
    });
  });

  test("lists groups and streams", async () => {
    const { client } = await logGroup("b", "a");
    const { logGroups } = await client.send(
      new DescribeLogGroupsCommand({ logGroupNamePrefix: "/espalier" }),
    );
    expect(logGroups?.map(({ arn }) => arn)).toEqual([
      "arn:aws:logs:us-east-1:123456789012:log-group:/espalier/access:*",
    ]);
    const { logStreams } = await client.send(new DescribeLogStreamsCommand({ logGroupName }));
    expect(logStreams?.map(({ logStreamName }) => logStreamName)).toEqual(["a", "b"]);
  });

  test("lets a role write to the streams of its own group only", async () => {
    const { aws } = await logGroup("a");
    const own = `arn:aws:logs:us-east-1:${aws.account}:log-group:${logGroupName}:*`;
    const visitor = new CloudWatchLogsClient(roleSettings(aws, ["logs:PutLogEvents"], own));
    const put = (group: string) =>
      visitor.send(
        new PutLogEventsCommand({
          logGroupName: group,
          logStreamName: "a",
          logEvents: [{ timestamp: 1, message: "x" }],
        }),
      );
    await expect(put(logGroupName)).resolves.toBeDefined();
    await expect(put("/aws/lambda/other")).rejects.toMatchObject({ name: "AccessDeniedException" });
  });
});
