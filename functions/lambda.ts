import { Logger } from "@aws-lambda-powertools/logger";
import { injectLambdaContext } from "@aws-lambda-powertools/logger/middleware";
import middy, { type MiddlewareObj } from "@middy/core";
import type { Context } from "aws-lambda";
import type * as z from "zod";

/** The input of a function was not what its schema asks for. Trying again would not help. */
export class InvalidInput extends Error {
  override readonly name = "InvalidInput";
}

/** What Lambda calls. `Input` is what it takes, so that it can be held against inputs of earlier releases. */
export interface Handler<Schema extends z.ZodType, Output> {
  (event: unknown, context: Context): Promise<Output>;
  readonly Input: Schema;
}

/**
 * A Lambda handler: parses its input, builds what it depends on at its first call, and logs a failure before it throws it
 * with its name, which is what Step Functions' Retry and Catch match on. Importing it does nothing.
 */
export function lambda<Schema extends z.ZodType, Dependencies, Output>(
  Input: Schema,
  build: (dependencies: Dependencies) => (input: z.output<Schema>) => Promise<Output>,
  dependencies: () => Dependencies,
): Handler<Schema, Output> {
  const logger = new Logger({ serviceName: "espalier" });
  let act: ((input: z.output<Schema>) => Promise<Output>) | undefined;
  const handler = middy()
    .use(injectLambdaContext(logger))
    .use(logFailure(logger))
    .handler((event: unknown): Promise<Output> => {
      act ??= build(dependencies());
      return act(parse(Input, event));
    });
  // No middleware here answers early, so that the answer is always the function's own.
  const called = (event: unknown, context: Context) => handler(event, context) as Promise<Output>;
  return Object.assign(called, { Input });
}

/** The value of an environment variable that the stack sets. Throws where it does not. */
export function environment(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === "") throw new Error(`the environment variable ${name} is not set`);
  return value;
}

function parse<Schema extends z.ZodType>(Input: Schema, event: unknown): z.output<Schema> {
  const { data, error, success } = Input.safeParse(event);
  if (!success) throw new InvalidInput(`the input does not parse: ${error.message}`, { cause: error });
  return data;
}

function logFailure(logger: Logger): MiddlewareObj {
  return {
    onError: ({ error }) => {
      logger.error("failed", error instanceof Error ? error : new Error(String(error)));
    },
  };
}
