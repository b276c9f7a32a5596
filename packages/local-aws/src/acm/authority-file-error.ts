/** Why an authority's root cannot be read or written; the message names the file and the way out. */
export class AuthorityFileError extends Error {
  override readonly name = "AuthorityFileError";
}
