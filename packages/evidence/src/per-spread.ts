/** Keeps what a spread of noise leads to: a look asks for it in every minute, and a rollout has few spreads. */
export function perSpread<Value>(make: (spread: number) => Value): (spread: number) => Value {
  const kept = new Map<number, Value>();
  return (spread) => {
    const known = kept.get(spread);
    if (known !== undefined) return known;
    if (kept.size >= MOST_KEPT) kept.clear();
    const made = make(spread);
    kept.set(spread, made);
    return made;
  };
}

const MOST_KEPT = 100;
