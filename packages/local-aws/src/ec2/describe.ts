import * as z from "zod";
import { AwsError } from "../aws-error.ts";
import type { Operation } from "../platform.ts";

/** A thing as EC2 describes it. */
export type Described = Readonly<Record<string, string>>;

/** An operation that lists all things of a kind, or those named in the member `ids` of its input. */
export function describe(
  name: string,
  ids: string,
  missing: string,
  things: ReadonlyMap<string, Described>,
  answer: string,
): Operation<object> {
  const Input = z.object({ [ids]: z.array(z.string()).optional() });
  return {
    permissions: () => [{ action: `ec2:${name}`, resource: "*" }],
    run(input) {
      const wanted = Input.parse(input)[ids];
      return { [answer]: wanted === undefined ? [...things.values()] : wanted.map(find) };
    },
  };

  function find(id: string): Described {
    const thing = things.get(id);
    if (thing === undefined) throw new AwsError(missing, `The ID '${id}' does not exist`);
    return thing;
  }
}
