/** Runs at most `width` jobs at a time, the others in the order they came, so that a flood of events leaves room for the rest. */
export function lane(width: number): <Answer>(job: () => Promise<Answer>) => Promise<Answer> {
  let running = 0;
  let waiting: (() => void)[] = [];
  let ahead: (() => void)[] = [];
  const next = () => {
    if (ahead.length === 0) {
      ahead = waiting.reverse();
      waiting = [];
    }
    const start = ahead.pop();
    if (start === undefined) running -= 1;
    else start();
  };
  return async (job) => {
    if (running >= width) await new Promise<void>((resolve) => void waiting.push(resolve));
    else running += 1;
    try {
      return await job();
    } finally {
      next();
    }
  };
}
