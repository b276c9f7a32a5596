export const echo = async (event, context) => ({
  event,
  context: { ...context, remaining: context.getRemainingTimeInMillis() },
  environment: process.env,
});
let runs = 0;
export const count = async () => ++runs;
export const plain = (event) => event.length;
export const nothing = async () => {};
export const large = async ({ bytes }) => "x".repeat(bytes);
export const nested = { deeper: { handler: async () => "found" } };
export const deadline = async (_, context) => Date.now() + context.getRemainingTimeInMillis();

export const wait = ({ gate }) => fetch(gate).then((response) => response.text());

export const speak = async () => {
  console.log("one");
  console.error("two\nthree");
  process.stdout.write(Buffer.from("four\n"));
};
