import { ExitCode, UserError } from "./fail.ts";

/** The options that say how a rollout moves traffic. */
export interface StrategyOptions {
  readonly strategy?: string | undefined;
  /** `WEIGHT` or `WEIGHT:MINUTES`, separated by commas. */
  readonly weights?: string | undefined;
  /** Minutes for each weight that has none of its own. */
  readonly bake?: string | undefined;
}

/**
 * The strategy that options make of the one in the file; undefined where they say nothing of it. What they leave open or say
 * wrongly is for the request's schema to find. Throws UserError for an option that its strategy has no place for.
 */
export function strategySaid(
  { strategy, weights, bake }: StrategyOptions,
  written: unknown,
): object | undefined {
  if (strategy === undefined && weights === undefined && bake === undefined) return undefined;
  const before = typeof written === "object" && written !== null ? written : {};
  const same = "type" in before && (strategy === undefined || before.type === strategy) ? before : {};
  const type = strategy ?? (weights === undefined && "type" in same ? same.type : "canary");
  const fields = type === "canary" ? steps(weights, bake) : inOthers(String(type), weights, bake);
  return { ...same, type, ...fields };
}

/** What is not a number stays as it is, so that the refusal shows it as given. */
export const numberOrText = (text: string): number | string =>
  text.trim() === "" || Number.isNaN(Number(text)) ? text : Number(text);

function steps(weights: string | undefined, bake: string | undefined): object {
  if (weights === undefined) {
    if (bake !== undefined) throw usage("--bake is for the weights of a canary, which --weights names");
    return {};
  }
  return { steps: weights.split(",").map((text) => step(text, bake)) };
}

function step(text: string, bake: string | undefined): object {
  const [weight = "", minutes = bake, ...more] = text.split(":");
  if (more.length > 0 || minutes === undefined)
    throw usage(
      `--weights has "${text}"; a weight has its minutes, as in 10:5,50:10, or those of all are said by --bake`,
    );
  return { weight: numberOrText(weight), bakeMinutes: numberOrText(minutes) };
}

/** Where the one weight and the minutes go in strategies other than canary. */
const places: Readonly<Record<string, { readonly weight?: string; readonly bake?: string }>> = {
  linear: { weight: "by", bake: "everyMinutes" },
  "blue-green": { bake: "testMinutes" },
  header: { bake: "bakeMinutes" },
  shift: { weight: "to", bake: "bakeMinutes" },
  adaptive: {},
};

function inOthers(type: string, weights: string | undefined, bake: string | undefined): object {
  const place = places[type] ?? {};
  if (weights !== undefined && place.weight === undefined)
    throw usage(`--weights is ${weights}; the strategy ${type} has no weights of yours`);
  if (bake !== undefined && place.bake === undefined)
    throw usage(`--bake is ${bake}; the strategy ${type} bakes as long as it needs`);
  return {
    ...(weights === undefined ? {} : { [place.weight ?? ""]: numberOrText(weights) }),
    ...(bake === undefined ? {} : { [place.bake ?? ""]: numberOrText(bake) }),
  };
}

const usage = (message: string) => new UserError(message, { exitCode: ExitCode.usage });
