import { afterAll, beforeAll, vi } from "vitest";

/** An AWS of a file's tests where nothing listens, so that a command goes no further than to its first call. */
export function unreachableAws(): void {
  beforeAll(() => {
    vi.stubEnv("AWS_ENDPOINT_URL", "http://127.0.0.1:1");
    vi.stubEnv("AWS_MAX_ATTEMPTS", "1");
    for (const name of ["AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]) vi.stubEnv(name, "none");
  });
  afterAll(() => vi.unstubAllEnvs());
}
