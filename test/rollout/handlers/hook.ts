/** A hook that answers as its environment says: an answer, nonsense, or a failure. */
export const handler = async (question: { readonly at: string; readonly step: number }) => {
  const { ANSWER = "go" } = process.env;
  if (ANSWER === "fail") throw new Error("the hook is broken");
  return { answer: ANSWER, reason: `asked at ${question.at} of step ${question.step}` };
};
