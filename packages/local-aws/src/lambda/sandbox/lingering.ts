/** Unused threads of all functions that may stay for longer than others, the few latest of them. */
export interface Lingering {
  /** Keeps one, until `letGo` is called or the answer is. */
  keep(letGo: () => void): () => void;
}

/** Keeps at most so many for at most so long, in milliseconds of wall time. */
export function lingering({ most, ms }: { readonly most: number; readonly ms: number }): Lingering {
  const kept = new Map<NodeJS.Timeout, () => void>();
  const end = (timer: NodeJS.Timeout) => {
    const letGo = kept.get(timer);
    kept.delete(timer);
    clearTimeout(timer);
    letGo?.();
  };
  return {
    keep(letGo) {
      const timer: NodeJS.Timeout = setTimeout(() => end(timer), ms).unref();
      kept.set(timer, letGo);
      const [oldest] = kept.keys();
      if (kept.size > most && oldest !== undefined) end(oldest);
      return () => {
        kept.delete(timer);
        clearTimeout(timer);
      };
    },
  };
}
