/**
 * A function that puts an item off to the end of the event loop's turn, where `run` gets all of the turn one after another. Steps that
 * are alike find the processor's caches warm, and whoever waits at the other end of several sockets is woken once.
 */
export function endOfTurn<Item>(run: (item: Item) => void): (item: Item) => void {
  let ofThisTurn: Item[] = [];
  const runAll = () => {
    const all = ofThisTurn;
    ofThisTurn = [];
    for (const item of all) run(item);
  };
  return (item) => {
    if (ofThisTurn.push(item) === 1) setImmediate(runAll);
  };
}
