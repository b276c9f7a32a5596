import { createRequire } from "node:module";
import path from "node:path";

/** What a program asks of Pulumi's engine when it makes a resource. */
export interface RegisterRequest {
  getType(): string;
  getName(): string;
  getParent(): string;
  getProvider(): string;
  getCustom(): boolean;
}

/** What the engine answers. */
export interface RegisterResponse {
  getId(): string;
  getObject(): { toJavaScript(): Record<string, unknown> };
}

/** A resource as a monitor is asked to make it up. */
export interface NewResource {
  readonly type: string;
  readonly name: string;
  readonly inputs: Record<string, unknown>;
  readonly custom?: boolean;
  readonly id?: string;
  /** `URN::ID`; empty for the default one. */
  readonly provider?: string;
}

type Answer = (error: Error | null, response?: RegisterResponse) => void;

/** The engine's side of Pulumi's protocol, as Pulumi's own mocks implement it. */
export interface Monitor {
  newUrn(parent: string, type: string, name: string): string;
  registerResource(request: RegisterRequest, answer: Answer): Promise<void>;
}

/** What a monitor makes up: a resource's identity and state, a data source's answer. */
export interface Mocks {
  newResource(resource: NewResource): { id: string; state: Record<string, unknown> };
  call(call: { token: string; inputs: Record<string, unknown>; provider?: string }): Record<string, unknown>;
}

/** The parts of Pulumi's SDK that run a program. */
export interface Pulumi {
  /** A monitor that answers from mocks. */
  monitor(mocks: Mocks): Monitor;
  /** Makes the program talk to this monitor. */
  connect(monitor: Monitor, app: string, stage: string): Promise<void>;
  /** Runs a program to its end, outstanding registrations included; what it returned, with every Output resolved. */
  run(program: () => Promise<unknown>): Promise<Record<string, unknown> | undefined>;
}

/** Pulumi as the program itself will load it: the copy in SST's platform, since its state is global to the module. */
export function loadPulumi(platform: string): Pulumi {
  const load = createRequire(path.join(platform, "package.json"));
  const pulumi = load("@pulumi/pulumi");
  const settings = load("@pulumi/pulumi/runtime/settings");
  const { MockMonitor } = load("@pulumi/pulumi/runtime/mocks");
  return {
    monitor: (mocks) => new MockMonitor(mocks),
    async connect(monitor, app, stage) {
      // The first call sets the features of a mocked engine, the second puts our monitor in its place.
      await pulumi.runtime.setMocks({}, app, stage, false, "organization");
      settings.setMockOptions(monitor, app, stage, false, "organization");
    },
    async run(program) {
      const returned = await pulumi.runtime.runInPulumiStack(program);
      await settings.disconnect();
      return new Promise((resolve) => pulumi.output(returned).apply(resolve));
    },
  };
}
