/** The AWS that the environment names, for people. */
export const awsMeant = (): string =>
  process.env.AWS_ENDPOINT_URL ??
  `region ${process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION ?? "unset"}`;

/** Why a call of an SDK client came to no AWS at all, and the way out; undefined where it did come to one. */
export function whyNoAws(error: Error & { readonly code?: string }): string | undefined {
  if (error.name === "CredentialsProviderError")
    return "no AWS credentials in the environment; set them, or add --local to talk to the AWS that npm start runs here";
  if (error.code === "ECONNREFUSED") return `nothing answers at ${awsMeant()}; is npm start still running?`;
  if (/region is missing/i.test(error.message))
    return "no AWS region in the environment; set AWS_REGION, or add --local to talk to the AWS that npm start runs here";
  return undefined;
}
