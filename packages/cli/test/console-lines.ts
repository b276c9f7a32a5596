import { afterEach, beforeEach, vi } from "vitest";

/** What a test prints, line by line and anew for each test, kept off the terminal. */
export function consoleLines(): { out: string[]; err: string[] } {
  const lines: { out: string[]; err: string[] } = { out: [], err: [] };
  beforeEach(() => {
    Object.assign(lines, { out: [], err: [] });
    vi.spyOn(console, "log").mockImplementation((text) => lines.out.push(...String(text).split("\n")));
    vi.spyOn(console, "error").mockImplementation((text) => lines.err.push(...String(text).split("\n")));
  });
  afterEach(() => vi.restoreAllMocks());
  return lines;
}
