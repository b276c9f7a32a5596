/** A deployment that could not be made; the message says what to do or shows what sst said. */
export class DeployError extends Error {
  override readonly name = "DeployError";
}
