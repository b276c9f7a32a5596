/** Why a data directory cannot be used; the message names the directory and the way out. */
export class DataDirectoryError extends Error {
  override readonly name = "DataDirectoryError";
}
