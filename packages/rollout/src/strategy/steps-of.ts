import { Weight } from "../weight.ts";
import type { Step } from "./step.ts";
import type { BlueGreen, Header, Linear, ShiftTo, Strategy } from "./strategy.ts";

/** A strategy that walks through steps. */
export type SteppedStrategy = Exclude<Strategy, { type: "adaptive" }>;

/** The steps that a strategy stands for. The ramp of an adaptive one is no list of steps. */
export function stepsOf(strategy: SteppedStrategy): readonly Step[] {
  switch (strategy.type) {
    case "canary":
      return strategy.steps;
    case "linear":
      return linearSteps(strategy);
    case "blue-green":
      return blueGreenSteps(strategy);
    case "header":
      return headerSteps(strategy);
    case "shift":
      return shiftSteps(strategy);
  }
}

/** What follows the last step: everything to the candidate, the weights left as they are, or back to what was. */
export function endOf(strategy: SteppedStrategy): "promote" | "stay" | "go-back" {
  if (strategy.type !== "shift") return "promote";
  if (strategy.backAfterMinutes !== undefined) return "go-back";
  return strategy.to < 100 ? "stay" : "promote";
}

function linearSteps({ by, everyMinutes }: Linear): Step[] {
  const several = Math.ceil(100 / by) - 1;
  return Array.from({ length: several }, (_, k) => ({
    weight: Weight.parse(by * (k + 1)),
    bakeMinutes: everyMinutes,
  }));
}

function blueGreenSteps({ match, testMinutes, certificate, approval, watchMinutes }: BlueGreen): Step[] {
  const test = { ...given({ match, certificate, approval }), bakeMinutes: testMinutes };
  const tested = testMinutes > 0 || Object.keys(test).length > 1;
  return [...(tested ? [test] : []), { weight: Weight.parse(100), bakeMinutes: watchMinutes }];
}

function headerSteps({ match, bakeMinutes, approval, steps }: Header): Step[] {
  return [{ match, bakeMinutes, ...given({ approval }) }, ...steps];
}

function shiftSteps({ to, bakeMinutes = 0, backAfterMinutes }: ShiftTo): Step[] {
  const watched = backAfterMinutes ?? bakeMinutes;
  // Everything at once and for good is a promotion, which shifts by itself.
  return to === 100 && watched === 0 ? [] : [{ weight: to, bakeMinutes: watched }];
}

function given<Fields extends object>(fields: Fields) {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Fields]?: Exclude<Fields[Name], undefined>;
  };
}
