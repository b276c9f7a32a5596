import { globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { LocalAws } from "../packages/local-aws/src/index.ts";
import { distinct, short } from "./record-inputs/distinct.ts";
import { player } from "./record-inputs/player.ts";
import { MARK } from "./record-inputs/recording.ts";
import { stories } from "./record-inputs/stories.ts";

/**
 * Has the engine live through its stories and keeps what each of its functions was given, the first of each shape and with long lists
 * shortened, under the number of this release. `functions/test/recorded-inputs.test.ts` holds every later version to it.
 */
const root = path.resolve(import.meta.dirname, "..");
const { version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
const release = version.split(".").slice(0, 2).join(".");
const folder = path.join(root, "functions/test/inputs", release);

// Few, so that a long rollout's change of executions is among it.
const MOST_TURNS = 6;

const recorded = await player({
  mostTurns: MOST_TURNS,
  handlerOf: () => "scripts/record-inputs/recording.handler",
});
for (const story of stories) {
  console.log(story.name);
  await story(recorded);
}
mkdirSync(folder, { recursive: true });
for (const name of names()) {
  const inputs = distinct(await inputsOf(recorded.aws, name)).map(short);
  console.log(`${name}: ${inputs.length}`);
  // A failure's stack names files; on AWS they lie here.
  const text = JSON.stringify(inputs, null, 2).replaceAll(pathToFileURL(root).href, "file:///var/task");
  writeFileSync(path.join(folder, `${name}.json`), `${text}\n`);
}
await recorded.close();

/** Functions have the name of the file that exports their handler. */
function names(): string[] {
  return globSync("functions/rollout/*.ts", { cwd: root })
    .filter((file) => readFileSync(path.join(root, file), "utf8").includes("export const handler"))
    .map((file) => path.basename(file, ".ts"))
    .sort();
}

async function inputsOf(aws: LocalAws, name: string): Promise<unknown[]> {
  const inputs: unknown[] = [];
  let nextToken: string | undefined;
  do {
    const ask = { logGroupName: `/aws/lambda/${name}`, ...(nextToken === undefined ? {} : { nextToken }) };
    const page = await aws.call("logs", "FilterLogEvents", ask);
    for (const { message } of page.events) {
      const at = message.indexOf(MARK);
      if (at >= 0) inputs.push(JSON.parse(message.slice(at + MARK.length)));
    }
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return inputs;
}
