/** A place to show something that changes: redrawn in place on a terminal, line by line where there is none. */
export interface Live {
  /** How many characters a line may have; undefined where there is no terminal. */
  readonly columns: number | undefined;
  /** Something that happened; stays on the screen. */
  say(line: string): void;
  /** What is the case now; replaces what was shown before. Nothing where there is no terminal. */
  show(lines: readonly string[]): void;
  /** Leaves what is shown on the screen and goes on below it. */
  done(): void;
}

/** Draws on `out`; on a terminal the shown lines are cut to its width. */
export function live(out: NodeJS.WriteStream = process.stdout): Live {
  if (!out.isTTY)
    return {
      columns: undefined,
      say: (line) => out.write(`${line}\n`),
      show: () => undefined,
      done: () => undefined,
    };
  let shown: readonly string[] = [];
  const clear = () => {
    if (shown.length > 0) out.write(`\u001B[${shown.length}A\u001B[0J`);
  };
  const draw = () => {
    for (const line of shown) out.write(`${fit(line, out.columns)}\n`);
  };
  return {
    get columns() {
      return out.columns;
    },
    say(line) {
      clear();
      out.write(`${line}\n`);
      draw();
    },
    show(lines) {
      clear();
      shown = lines.slice(0, Math.max(1, (out.rows ?? 24) - 2));
      draw();
    },
    done() {
      shown = [];
    },
  };
}

/** Cuts a line to `columns` visible characters; colour codes take no room. */
export function fit(line: string, columns = 80): string {
  let [visible, at] = [0, 0];
  while (at < line.length) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a colour code starts with one.
    const code = /^\u001B\[[0-9;]*m/.exec(line.slice(at));
    if (code) at += code[0].length;
    else if (visible === columns - 1 && line.length > at + 1) return `${line.slice(0, at)}…\u001B[0m`;
    else {
      visible += 1;
      at += 1;
    }
  }
  return line;
}
