/** Who asks. An assumed role's `arn` is its session's; `roleArn` is what policies usually name. */
export type Principal =
  | { readonly type: "anonymous" }
  | { readonly type: "aws"; readonly arn: string; readonly account: string; readonly roleArn?: string }
  | { readonly type: "service"; readonly service: string };

/** One thing that a principal wants to do to one resource. */
export interface AccessRequest {
  readonly principal: Principal;
  /** `service:Operation`. */
  readonly action: string;
  readonly resource: string;
  /** Condition keys as IAM spells them, compared without case. The keys about the principal are added to these. */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}
