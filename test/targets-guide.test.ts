import { readFileSync } from "node:fs";
import { candidateKind, RolloutRequest } from "@espalier/rollout";
import { expect, test } from "vitest";
import { parse } from "yaml";

const guide = readFileSync(new URL("../docs/guides/targets.md", import.meta.url), "utf8");
const requests = [...guide.matchAll(/```yaml\n(.*?)```/gs)].map(([, text = ""]) => parse(text));

test("the guide to targets shows every kind of candidate", () => {
  const kinds = requests.map((request) => candidateKind(RolloutRequest.parse(request).candidate));
  expect(new Set(kinds)).toEqual(new Set(["lambda", "target-group", "targets"]));
  const types = requests.flatMap(({ candidate }) => candidate.type ?? []);
  expect(types.sort()).toEqual(["ALB", "INSTANCE", "IP"]);
});

test.for(requests.map((request) => [JSON.stringify(request.candidate), request] as const))(
  "a request for %s in the guide to targets is one that is taken",
  ([, request]) => {
    expect(RolloutRequest.safeParse(request).error).toBeUndefined();
  },
);
