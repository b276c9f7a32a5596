const REDRAW_MS = 200;

/** How far a long simulation is, on stderr and only on a terminal. */
export function progress(total: number, out: NodeJS.WriteStream = process.stderr) {
  let drawn = performance.now();
  let shown = false;
  return {
    at(done: number): void {
      const now = performance.now();
      if (!out.isTTY || now - drawn < REDRAW_MS) return;
      out.write(`\r${done} of ${total} runs`);
      [drawn, shown] = [now, true];
    },
    end(): void {
      if (shown) out.write("\r\u001B[K");
    },
  };
}
