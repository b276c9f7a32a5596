import { integer, text } from "./text.ts";

/** "" stands for none. */
export const certificateArn = text(
  0,
  2048,
  /(?:arn(?::[a-z0-9]+(?:[.-][a-z0-9]+)*){2}(?::(?:[a-z0-9]+(?:[.-][a-z0-9]+)*)?){2}:certificate\/[0-9a-z-]+)?/,
);

export const idleTimeoutSeconds = integer(60, 600);
