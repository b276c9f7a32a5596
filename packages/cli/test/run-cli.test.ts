import { defineCommand } from "citty";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ExitCode, UserError } from "../src/fail.ts";
import { runCli } from "../src/run-cli.ts";

const greet = defineCommand({
  meta: { name: "greet", description: "Says hello" },
  args: {
    name: { type: "positional", required: true },
    loud: { type: "boolean", alias: "l" },
    as: { type: "string" },
  },
  run: ({ args }) => {
    if (args.name === "nobody") throw new UserError("nobody cannot be greeted; name somebody");
    if (args.name === "aws")
      throw Object.assign(new Error("slow down"), { name: "ThrottlingException", $metadata: {} });
    if (args.name === "bug") throw new TypeError("x is undefined");
    console.log(args.loud ? `HELLO ${args.name}` : `hello ${args.name}`);
    return args.name === "trouble" ? ExitCode.rolledBack : undefined;
  },
});
const people = defineCommand({ meta: { name: "people", description: "People" }, subCommands: { greet } });
const root = defineCommand({
  meta: { name: "tool", version: "1.2.3", description: "A tool" },
  subCommands: { people },
});

let out: string[];
let err: string[];
beforeEach(() => {
  [out, err] = [[], []];
  vi.spyOn(console, "log").mockImplementation((line) => out.push(String(line)));
  vi.spyOn(console, "error").mockImplementation((line) => err.push(String(line)));
});
afterEach(() => vi.restoreAllMocks());

describe("a command line", () => {
  test("runs the command it names, options before or after", async () => {
    expect(await runCli(root, ["people", "greet", "ann", "-l"])).toBe(ExitCode.done);
    expect(await runCli(root, ["people", "greet", "--loud", "ann"])).toBe(ExitCode.done);
    expect(out).toEqual(["HELLO ann", "HELLO ann"]);
  });

  test("ends with the number that the command answers", async () => {
    expect(await runCli(root, ["people", "greet", "trouble"])).toBe(ExitCode.rolledBack);
  });

  test.for([
    [["peopel"], 'there is no command "peopel" (did you mean people?); there are: people'],
    [["people", "grete", "ann"], 'there is no command "grete" (did you mean greet?); there are: greet'],
    [["people", "wave"], 'there is no command "wave"; there are: greet'],
    [
      ["people", "greet", "ann", "--lound"],
      "tool people greet has no option --lound (did you mean loud?); see: tool people greet --help",
    ],
    [
      ["people", "greet", "ann", "bob"],
      'tool people greet does not know what to do with "bob"; see: tool people greet --help',
    ],
    [["people", "greet", "ann", "--as"], "--as has no value; see: tool people greet --help"],
    [["people", "greet"], "Missing required positional argument: NAME"],
  ] as const)("refuses %j in one line", async ([argv, line]) => {
    expect(await runCli(root, argv)).toBe(ExitCode.usage);
    expect(err).toEqual([line]);
  });

  test("tells a user's mistake and AWS's refusal in one line each", async () => {
    expect(await runCli(root, ["people", "greet", "nobody"])).toBe(ExitCode.failed);
    expect(await runCli(root, ["people", "greet", "aws"])).toBe(ExitCode.failed);
    expect(err).toEqual([
      "nobody cannot be greeted; name somebody",
      "AWS refused: ThrottlingException: slow down",
    ]);
  });

  test("tells a fault of its own in one line too, and where it is with DEBUG", async () => {
    expect(await runCli(root, ["people", "greet", "bug"])).toBe(ExitCode.failed);
    expect(err).toEqual(["TypeError: x is undefined (set DEBUG=1 for where it happened)"]);
    vi.stubEnv("DEBUG", "1");
    await runCli(root, ["people", "greet", "bug"]);
    vi.unstubAllEnvs();
    expect(err[1]).toContain("x is undefined");
  });

  test("helps on every level", async () => {
    expect(await runCli(root, ["--help"])).toBe(ExitCode.done);
    expect(await runCli(root, ["people", "greet", "--help"])).toBe(ExitCode.done);
    expect(await runCli(root, [])).toBe(ExitCode.done);
    expect(await runCli(root, ["people"])).toBe(ExitCode.usage);
    expect(out).toHaveLength(4);
    expect(out[0]).toMatch(/EXIT CODES.* 0 {2}done.* 6 {2}not done yet/s);
    expect(out[1]).toContain("Says hello");
    expect(out[1]).toContain("USAGE tool people greet ");
  });

  test("tells its version", async () => {
    expect(await runCli(root, ["--version"])).toBe(ExitCode.done);
    expect(out).toEqual(["1.2.3"]);
  });
});
