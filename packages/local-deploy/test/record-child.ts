import { record } from "../src/pulumi-stand-in/record.ts";

/** The child that `recorded` starts: prints a program's graph, or why there is none. */
const [program = "", platform = ""] = process.argv.slice(2);
const place = { account: "123456789012", region: "us-east-1" };
try {
  const app = { name: "espalier", stage: "test" };
  process.stdout.write(JSON.stringify(await record({ program, platform, app, ...place })));
  process.exit(0);
} catch (error) {
  process.stderr.write(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
