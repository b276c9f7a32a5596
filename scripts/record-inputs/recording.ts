/** What a recorded input's line in the log begins with. */
export const MARK = "recorded input: ";

/** Stands before the handler of the function's own name and writes its input to the log. */
export const handler = async (
  event: unknown,
  context: { readonly functionName: string },
): Promise<unknown> => {
  console.log(MARK + JSON.stringify(event));
  const { handler: own } = await import(`../../functions/rollout/${context.functionName}.ts`);
  return own(event, context);
};
