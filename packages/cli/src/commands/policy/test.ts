import { type AccessAnswer, checkAccess, type Expectation } from "@espalier/policy";
import { arnsAsReferences } from "@espalier/topology";
import { defineCommand } from "citty";
import { jsonOption } from "../../common-options.ts";
import { ExitCode } from "../../fail.ts";
import { checkText } from "./check-text.ts";
import { openPremises } from "./open-premises.ts";
import { premisesOptions } from "./premises-options.ts";
import { accountOf, readCaller } from "./read-caller.ts";
import { readExpectationsFile } from "./read-expectations-file.ts";

/** `espalier policy test`. */
export const test = defineCommand({
  meta: {
    name: "test",
    description:
      "Hold the policies to a file of expected decisions. Ends with 0 all are as expected, 1 some are not",
  },
  args: {
    file: {
      type: "positional",
      required: true,
      description: "A YAML or JSON list of {caller, method, url, header, fromVpc, expect, because}",
    },
    ...premisesOptions,
    ...jsonOption,
  },
  async run({ args, rawArgs }) {
    const expectations = readExpectationsFile(args.file);
    const premises = await openPremises(args, rawArgs);
    const callers = new Map(
      await Promise.all(
        [...new Set(expectations.map(({ caller }) => caller))].map(
          async (name) =>
            [name, await readCaller(name, { identity: args.identity, account: premises.account })] as const,
        ),
      ),
    );
    const results = expectations.map((expectation) => {
      const caller = callers.get(expectation.caller);
      if (caller === undefined) throw new TypeError(`${expectation.caller} was not read`);
      const { method, url, header: headers, fromVpc } = expectation;
      const answer = checkAccess(premises.in(accountOf(caller) ?? ""), {
        caller,
        method,
        url,
        headers,
        fromVpc,
      });
      return { expectation, caller: caller.name, answer, met: answer.verdict === expectation.expect };
    });
    const failed = results.filter(({ met }) => !met).length;
    if (args.json)
      console.log(arnsAsReferences(JSON.stringify({ failed, results: results.map(resultJson) })));
    else {
      for (const result of results) console.log(arnsAsReferences(resultText(result)));
      console.log(`${results.length - failed} of ${results.length} decisions are as expected`);
    }
    return failed === 0 ? ExitCode.done : ExitCode.failed;
  },
});

interface Result {
  readonly expectation: Expectation;
  readonly caller: string;
  readonly answer: AccessAnswer;
  readonly met: boolean;
}

const resultJson = ({ expectation, answer, met }: Result) => ({ ...expectation, met, answer });

function resultText({ expectation, caller, answer, met }: Result): string {
  const { method, url, expect, because } = expectation;
  const line = `${met ? "ok    " : "not ok"}  ${caller}, ${method} ${url}: ${expect}`;
  if (met) return line;
  const reasons = checkText({ caller, method, url }, answer).split("\n");
  return [
    `${line} was expected${because === undefined ? "" : `, because ${because}`}`,
    ...reasons.map((reason) => `        ${reason}`),
  ].join("\n");
}
