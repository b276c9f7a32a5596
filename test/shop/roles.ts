import type { Iam, LocalAws } from "@espalier/local-aws";

const invokes = (Resource: string) =>
  ({ Statement: { Effect: "Allow", Action: "vpc-lattice-svcs:Invoke", Resource } }) as const;

/** A role that Lambda assumes and whose own policies let it call whatever there is on Lattice, in any account. Answers its ARN. */
export function putCaller(iam: Iam, name: string, urlsPath: string): string {
  const Action = "ssm:GetParametersByPath";
  return iam.putRole({
    name,
    trust: {
      Statement: {
        Effect: "Allow",
        Principal: { Service: "lambda.amazonaws.com" },
        Action: "sts:AssumeRole",
      },
    },
    policies: {
      urls: { Statement: { Effect: "Allow", Action, Resource: `arn:aws:ssm:*:*:parameter${urlsPath}*` } },
      services: invokes("arn:aws:vpc-lattice:*:*:service/*"),
    },
  }).arn;
}

/** A role that `account` may assume, and that may do anything in its own. Answers its ARN. */
export function putVisitor(iam: Iam, name: string, account: string): string {
  return iam.putRole({
    name,
    trust: { Statement: { Effect: "Allow", Principal: { AWS: account }, Action: "sts:AssumeRole" } },
    policies: { all: { Statement: { Effect: "Allow", Action: "*", Resource: "*" } } },
  }).arn;
}

/** What signs in the name of a role. */
export function signer({ iam, account, region }: LocalAws, role: string) {
  const lambda = { type: "service", account, arn: "lambda.amazonaws.com" } as const;
  const caller = iam.assume(`arn:aws:iam::${account}:role/${role}`, "story", lambda);
  return { region, credentials: iam.credentialsOf(caller) };
}
