import { PassThrough } from "node:stream";
import { describe, expect, test } from "vitest";
import { fit, live } from "../src/view/live.ts";

const screen = (terminal: boolean) => {
  const out = Object.assign(new PassThrough(), { isTTY: terminal, columns: 40, rows: 10 });
  return { live: live(out as unknown as NodeJS.WriteStream), text: () => String(out.read() ?? "") };
};

describe("the live view", () => {
  test("writes what happened and nothing that changes where there is no terminal", () => {
    const { live, text } = screen(false);
    live.show(["10%"]);
    live.say("shifted");
    live.show(["20%"]);
    live.done();
    expect(text()).toBe("shifted\n");
  });

  test("redraws in place on a terminal, below what happened", () => {
    const { live, text } = screen(true);
    live.show(["10%"]);
    live.say("shifted");
    expect(text()).toBe("10%\n\u001B[1A\u001B[0Jshifted\n10%\n");
  });

  test("cuts a line to the terminal, counting no colour codes and cutting through none", () => {
    expect(fit("\u001B[31mabcdef\u001B[39m", 4)).toBe("\u001B[31mabc…\u001B[0m");
    expect(fit("\u001B[31mabc\u001B[39m", 4)).toBe("\u001B[31mabc\u001B[39m");
  });

  test("shows no more lines than the terminal has", () => {
    const { live, text } = screen(true);
    live.show(Array.from({ length: 50 }, (_, line) => `line ${line}`));
    expect(text().split("\n")).toHaveLength(9);
  });
});
