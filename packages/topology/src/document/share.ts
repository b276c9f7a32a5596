import * as z from "zod";

const error =
  "it is shared with an account, by its 12 digits, or with an organization or a unit of one, by its ARN";

/** https://docs.aws.amazon.com/ram/latest/userguide/getting-started-sharing.html */
const SharedWith = z
  .string({ error })
  .regex(
    /^(\d{12}|arn:[^:]+:organizations::\d{12}:(organization\/o-[a-z0-9]{10,32}|ou\/o-[a-z0-9]{10,32}\/ou-[a-z0-9-]+))$/,
    { error },
  );

/** Who else may use a network or a service, through Resource Access Manager. */
export const Share = z.strictObject({
  principals: z
    .array(SharedWith, { error: "principals are a list" })
    .min(1, { error: "a share has a principal at least; leave it out to share with nobody" }),
});
export type Share = z.infer<typeof Share>;
