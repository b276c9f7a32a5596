/** Answers more than Step Functions carries from state to state: `States.DataLimitExceeded`, which no Catch sees. */
export const handler = async () => ({ at: "", readings: ["x".repeat(300_000)] });
