import { AwsError } from "../aws-error.ts";

interface Spelling {
  readonly throttle: readonly [code: string, status: number];
  readonly error: string;
}

const spellings: Readonly<Record<string, Spelling>> = {
  dynamodb: { throttle: ["ThrottlingException", 400], error: "InternalServerError" },
  ec2: { throttle: ["RequestLimitExceeded", 503], error: "InternalError" },
  events: { throttle: ["ThrottlingException", 400], error: "InternalException" },
  iam: { throttle: ["Throttling", 400], error: "ServiceFailureException" },
  lambda: { throttle: ["TooManyRequestsException", 429], error: "ServiceException" },
  logs: { throttle: ["ThrottlingException", 400], error: "InternalServerException" },
  monitoring: { throttle: ["Throttling", 400], error: "InternalServiceFault" },
  s3: { throttle: ["SlowDown", 503], error: "InternalError" },
  scheduler: { throttle: ["ThrottlingException", 429], error: "InternalServerException" },
  sqs: { throttle: ["RequestThrottled", 403], error: "InternalFailure" },
  ssm: { throttle: ["ThrottlingException", 400], error: "InternalServerError" },
  states: { throttle: ["ThrottlingException", 400], error: "InternalFailure" },
  sts: { throttle: ["Throttling", 400], error: "InternalFailure" },
  "vpc-lattice": { throttle: ["ThrottlingException", 429], error: "InternalServerException" },
};
const usual: Spelling = { throttle: ["ThrottlingException", 400], error: "InternalFailure" };

/** How the service refuses a caller that calls too often: the code of its own API, or that of errors common to all. */
export function throttling(service: string): AwsError {
  const [code, status] = (spellings[service] ?? usual).throttle;
  return new AwsError(code, "Rate exceeded", status);
}

/** How the service reports a fault of its own. */
export function serverError(service: string): AwsError {
  const { error } = spellings[service] ?? usual;
  return new AwsError(error, "An internal error occurred. Retry your request.", 500);
}
