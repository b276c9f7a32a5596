import { AwsError } from "../../aws-error.ts";
import type { Call } from "../../platform.ts";
import { unconfirmed } from "../unconfirmed.ts";

/** Remembers which clientToken made what, so that a repeated request makes nothing new. */
export interface IdempotencyTokens {
  /**
   * The answer that `operation` gave to this token before, or `create`'s. The same token with other parameters is a
   * ConflictException. Without a token: always `create`.
   */
  once<O>(call: Caller, operation: string, input: Tokened, create: () => O): O;
}

/** Whose token it is. */
type Caller = Pick<Call, "account" | "region">;

interface Tokened {
  readonly clientToken?: string | undefined;
}

/** What a token was used for, and what was answered. */
export interface TokenUse {
  readonly parameters: string;
  readonly output: unknown;
}

/** Tokens are forgotten oldest first beyond `limit`, so that a long run does not grow. */
export function idempotencyTokens(answers: Map<string, TokenUse>, limit = 10_000): IdempotencyTokens {
  return {
    once<O>({ account, region }: Caller, operation: string, input: Tokened, create: () => O): O {
      if (input.clientToken === undefined) return create();
      const key = `${account} ${region} ${operation} ${input.clientToken}`;
      const parameters = JSON.stringify(input);
      const known = answers.get(key);
      if (known === undefined) {
        const output = create();
        answers.set(key, { parameters, output });
        const [oldest] = answers.keys();
        if (answers.size > limit && oldest !== undefined) answers.delete(oldest);
        return output;
      }
      if (known.parameters !== parameters) {
        throw new AwsError(
          unconfirmed.tokenReuse,
          `clientToken ${input.clientToken} was used before with other parameters`,
          409,
        );
      }
      return known.output as O;
    },
  };
}
