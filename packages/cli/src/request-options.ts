import { askedOptions } from "./common-options.ts";
import type { RequestOptions } from "./read-request.ts";
import { repeatedOption } from "./repeated-option.ts";

/** The options that say what a rollout is to be; everything else of a request is said in a file. */
export const requestOptions = {
  file: {
    type: "positional",
    required: false,
    description: "A YAML or JSON file with the request; an option counts instead of what the file says",
  },
  service: { type: "string", description: "The VPC Lattice service: name, id or ARN" },
  candidate: {
    type: "string",
    description: "The new version: a target group's name, id or ARN, or the ARN of a Lambda version or alias",
  },
  stable: {
    type: "string",
    description: "The target group in use (default: the one with the largest weight)",
  },
  strategy: {
    type: "string",
    description:
      "adaptive, canary, linear, blue-green, header or shift (default: canary with --weights, else adaptive)",
  },
  weights: {
    type: "string",
    description: "A canary's weights in percent; one for the stride of linear, or what shift goes to",
    valueHint: "10:5,50",
  },
  bake: {
    type: "string",
    description: "Minutes at each weight that has none of its own (10:5 has 5)",
    valueHint: "MINUTES",
  },
  alarm: { type: "string", description: "A CloudWatch alarm that rolls back; may be given several times" },
  window: {
    type: "string",
    description: "When the share may grow: a cron, minutes and a zone; may be given several times",
    valueHint: '"0 9 * * 1-5 480 Europe/Berlin"',
  },
  "when-locked": {
    type: "string",
    description: "If another rollout holds the service: refuse (default), queue or supersede",
  },
  alpha: {
    type: "string",
    description: "The chance allowed of rolling back a candidate that is no worse (default 0.01)",
  },
  ...askedOptions,
} as const;

type Parsed = { readonly [Name in keyof typeof requestOptions]?: string | undefined };

/** What a command line says of a request, among its other arguments. */
export function requestSaid(
  { file, service, candidate, stable, strategy, weights, bake, alpha, reason, by, ...args }: Parsed,
  rawArgs: readonly string[],
): RequestOptions {
  return {
    ...{ file, service, candidate, stable, strategy, weights, bake, alpha, reason },
    requestedBy: by,
    whenLocked: args["when-locked"],
    alarms: repeatedOption(rawArgs, "alarm"),
    windows: repeatedOption(rawArgs, "window"),
  };
}
