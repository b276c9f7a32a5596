import type { ServiceName } from "../../platform.ts";

/** A call that a target stands for. */
export interface ApiCall {
  readonly service: ServiceName;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}
