class OutOfStock extends Error {
  name = "OutOfStock";
}
export const throws = async ({ item }) => {
  throw new OutOfStock(`no ${item} left`);
};
export const throwsText = async () => {
  throw "just text";
};
export const rejectsLate = async () => {
  Promise.reject(new Error("nobody caught me"));
  await new Promise(() => {});
};
export const exits = async () => process.exit(7);
export const hangs = () => new Promise(() => {});
export const spins = () => {
  for (;;);
};
export const hoards = async () => {
  const kept = [];
  for (;;) kept.push(Array.from({ length: 100_000 }, (_, index) => ({ index })));
};
export const circular = async () => {
  const round = {};
  round.round = round;
  return round;
};
export const old = (event, _context, callback) => callback(null, event);
export const number = 42;
