import { text } from "./text.ts";

/** Where an access log goes. */
export const destinationArn = text(
  20,
  2048,
  /arn(?::[a-z0-9]+(?:[.-][a-z0-9]+)*){2}(?::(?:[a-z0-9]+(?:[.-][a-z0-9]+)*)?){2}:(?:[^/].*)?/,
);
