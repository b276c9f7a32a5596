/** A hook that agrees to everything. */
export const handler = async () => ({ answer: "go", reason: "the function agrees" });
