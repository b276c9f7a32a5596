import type { LocalAws } from "../../src/index.ts";

/** What is put into a service, and how it is read. */
export interface KeptService {
  put(aws: LocalAws): Promise<void>;
  read(aws: LocalAws): Promise<unknown>;
}
