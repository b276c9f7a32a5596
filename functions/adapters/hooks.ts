import { InvokeCommand, type LambdaClient } from "@aws-sdk/client-lambda";
import { type AskHook, HookAnswer, type HookQuestion } from "@espalier/rollout";

/** What hooks are reached by. `fetch` signs for Lattice; a hook that takes longer than `timeoutMs` has not answered. */
export interface HookSources {
  readonly lambda: LambdaClient;
  readonly fetch: typeof globalThis.fetch;
  readonly timeoutMs: number;
}

/** Asks hooks: a Lambda function with the question as its event, an address with a POST of it. Both answer `{answer, reason}`. */
export function hooks(sources: HookSources): AskHook {
  return async ({ lambda, url }, question) => {
    const text =
      lambda === undefined ? await post(sources, url, question) : await invoke(sources, lambda, question);
    const { data, success } = HookAnswer.safeParse(parsed(text));
    if (success) return data;
    throw new Error(
      `it answered ${text.slice(0, 100)}; a hook answers {"answer": "go", "wait" or "stop", "reason": a text of at most 500 characters}`,
    );
  };
}

async function invoke({ lambda, timeoutMs }: HookSources, FunctionName: string, question: HookQuestion) {
  const Payload = JSON.stringify(question);
  const abortSignal = AbortSignal.timeout(timeoutMs);
  const answer = await lambda.send(new InvokeCommand({ FunctionName, Payload }), { abortSignal });
  const text = Buffer.from(answer.Payload ?? []).toString();
  if (answer.FunctionError !== undefined) throw new Error(`it failed: ${text.slice(0, 200)}`);
  return text;
}

async function post({ fetch, timeoutMs }: HookSources, url = "", question: HookQuestion) {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(question),
    signal: AbortSignal.timeout(timeoutMs),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`it answered ${response.status}: ${text.slice(0, 200)}`);
  return text;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
