import type { Live } from "../view/live.ts";

/** Says each thing that is being done when it begins, and on a terminal for how long it has been going on. */
export function showProgress(screen: Live): { now(doing: string): void; end(): void } {
  let ticking: NodeJS.Timeout | undefined;
  const end = () => {
    clearInterval(ticking);
    screen.show([]);
  };
  return {
    end,
    now(doing) {
      end();
      screen.say(doing);
      const began = performance.now();
      ticking = setInterval(() => {
        screen.show([`    ${Math.round((performance.now() - began) / 1000)} s`]);
      }, 1000);
      ticking.unref();
    },
  };
}
