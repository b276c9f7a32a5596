/** Dies before it has done anything. */
export const handler = async () => {
  throw new Error("it crashed");
};
