import { type LocalAws, startLocalAws } from "../../src/index.ts";

/** A call that the parent asks for, and what became of it. */
export interface Asked {
  readonly id: number;
  readonly service: Parameters<LocalAws["call"]>[0];
  readonly operation: string;
  readonly input: unknown;
}

export type Told =
  | { readonly type: "ready" }
  | { readonly type: "answered"; readonly id: number; readonly output: unknown }
  | { readonly type: "failed"; readonly id: number; readonly message: string };

// A process with a local AWS on the directory that it is given; calls come and answers go as messages.
const aws = await startLocalAws({ data: process.argv[2] ?? "", seed: 1 });
const tell = (told: Told) => void process.send?.(told);

process.on("message", ({ id, service, operation, input }: Asked) => {
  aws.call(service, operation, input).then(
    (output) => tell({ type: "answered", id, output }),
    (failure: Error) => tell({ type: "failed", id, message: failure.message }),
  );
});
tell({ type: "ready" });
