import type { PolicyDocument } from "@espalier/policy";
import type { Clock } from "./clock/clock.ts";
import type { Storage } from "./storage/storage.ts";

/** The services of the embedded AWS, by the name their requests are signed with. */
export type ServiceName =
  | "acm"
  | "dynamodb"
  | "ec2"
  | "ecs"
  | "elasticloadbalancing"
  | "events"
  | "iam"
  | "lambda"
  | "logs"
  | "monitoring"
  | "ram"
  | "s3"
  | "scheduler"
  | "sqs"
  | "ssm"
  | "states"
  | "sts"
  | "vpc-lattice";

/**
 * Who makes a call. `root` may do everything in its account; `role` may do what the policies of its role allow;
 * `service` is an AWS service acting by itself (`events.amazonaws.com` invoking a function), allowed only by the
 * policy of the resource it calls.
 */
export type Caller =
  | { readonly type: "root"; readonly account: string; readonly arn: string }
  | {
      readonly type: "role";
      readonly account: string;
      /** `arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION`. */
      readonly arn: string;
      readonly roleArn: string;
      readonly sessionName: string;
      /** The tags that the session was asked for with, besides those of its role. */
      readonly sessionTags?: Readonly<Record<string, string>>;
    }
  | {
      readonly type: "service";
      readonly account: string;
      /** `events.amazonaws.com`, `vpc-lattice.amazonaws.com` and the like. */
      readonly arn: string;
      /** What the service acts for, as `aws:SourceArn`. */
      readonly sourceArn?: string;
    };

/** One permission that a call needs: an IAM action on a resource, with the condition keys that the call sets. */
export interface Permission {
  readonly action: string;
  /** An ARN, or `*` for actions that have no resource-level permission. */
  readonly resource: string;
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

/** The surroundings of one call. Times are AWS time. */
export interface Call {
  readonly caller: Caller;
  readonly account: string;
  readonly region: string;
  readonly requestId: string;
}

/**
 * One operation of one service: what its caller must be allowed, and what it does. Inputs and outputs have the shapes
 * of the SDK client's command. A failure is thrown as an AwsError.
 */
export interface Operation<Input = never, Output = unknown> {
  /** All of these must be allowed to the caller, dependent permissions included. None: anybody signed may call. */
  permissions(input: Input, call: Call): readonly Permission[];
  /** The policy of the resource acted on, where it has one (a function, a queue): it alone can allow a `service`. */
  resourcePolicy?(input: Input, call: Call): PolicyDocument | undefined;
  run(input: Input, call: Call): Output | Promise<Output>;
}

/** A service is a map from operation name to operation, and whatever door its own room opens to the others. */
export interface Service {
  readonly name: ServiceName;
  // biome-ignore lint/suspicious/noExplicitAny: each operation has its own input; the schema of the wire has checked it.
  readonly operations: Readonly<Record<string, Operation<any, unknown>>>;
  /** Whether its operations check the whole of their input themselves, and name every field that is wrong. */
  readonly checksInput?: true;
  /** Takes up what was under way when the process before this one ended. Called once, when every service is there. */
  resume?(): void;
  close?(): void | Promise<void>;
}

/** An event of an AWS service, for the default bus. */
export interface AwsEvent {
  readonly source: string;
  readonly detailType: string;
  readonly resources: readonly string[];
  readonly detail: unknown;
}

/** One observation for CloudWatch. Several observations of one series in one minute are aggregated. */
export interface Observation {
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** AWS time, milliseconds since the epoch. */
  readonly at: number;
  readonly value: number;
  /** How many samples had this value; one where it is left out. */
  readonly count?: number;
  readonly unit?: string;
  /** How long after its minute ends a datum can be seen, in milliseconds of AWS time. */
  readonly lag?: number;
}

/** A line for CloudWatch Logs. */
export interface LogLine {
  readonly group: string;
  readonly stream: string;
  readonly at: number;
  readonly message: LogText;
}

/** A text, or what stands for one that is only put together when it is read: `length` is what it takes up until then. */
export interface LogText {
  readonly length: number;
  toString(): string;
}

/**
 * What every service is built on. A service that calls another does it as an AWS service would: by `call`, with a caller
 * whose permissions are checked.
 */
export interface Platform {
  readonly clock: Clock;
  readonly account: string;
  readonly region: string;
  /** A seeded source of chance in [0, 1). */
  readonly random: () => number;
  /** `length` characters of lower-case hex, seeded. */
  readonly hexId: (length: number) => string;
  /** Checks the permissions and runs the operation, in this region unless told otherwise. Throws AwsError. */
  readonly call: (
    caller: Caller,
    service: ServiceName,
    operation: string,
    input: unknown,
    region?: string,
    // biome-ignore lint/suspicious/noExplicitAny: the output is the SDK's, named by the operation; callers name its type.
  ) => Promise<any>;
  /** The caller that a service becomes by assuming a role. Throws AwsError where the role does not trust the service. */
  readonly assume: (roleArn: string, sessionName: string, service: string) => Caller;
  readonly emit: (event: AwsEvent) => void;
  readonly observe: (observation: Observation) => void;
  readonly log: (line: LogLine) => void;
  /** Where services keep what must outlive the process. */
  readonly storage: Storage;
}
