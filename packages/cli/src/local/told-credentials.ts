import { ExitCode, UserError } from "../fail.ts";

/** The credentials of an account's root. */
interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Who the embedded AWS is told of: the root of its own account, and those of others by account number. */
export interface ToldCredentials {
  readonly credentials?: Credentials;
  readonly accounts?: Readonly<Record<string, Credentials>>;
}

/**
 * `KEY:SECRET` for the root of the embedded AWS's account, `KEY:SECRET:ACCOUNT` for that of another; several with commas
 * between them. Throws UserError for what is neither; it does not repeat a secret.
 */
export function toldCredentials(text: string | undefined): ToldCredentials {
  if (text === undefined) return {};
  const told = text.split(",").map(parsed);
  const keys = told.map(({ accessKeyId }) => accessKeyId);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined) throw refused(`${twice} is there twice; a key belongs to one account`);
  const own = told.filter(({ account }) => account === undefined);
  if (own.length > 1)
    throw refused("two are without an account; add the number of its account to one of them");
  const others = told.flatMap(({ account, ...rest }) =>
    account === undefined ? [] : [[account, rest] as const],
  );
  const [first] = own;
  return {
    ...(first && {
      credentials: { accessKeyId: first.accessKeyId, secretAccessKey: first.secretAccessKey },
    }),
    ...(others.length > 0 && { accounts: Object.fromEntries(others) }),
  };
}

function parsed(entry: string): Credentials & { readonly account: string | undefined } {
  const match = /^([A-Za-z0-9_]{1,128}):([^:,\s]+)(?::(\d{12}))?$/.exec(entry.trim());
  const [, accessKeyId, secretAccessKey, account] = match ?? [];
  if (accessKeyId !== undefined && secretAccessKey !== undefined)
    return { accessKeyId, secretAccessKey, account };
  const key = entry.split(":")[0] ?? "";
  throw refused(`"${key}:..." is not KEY:SECRET or KEY:SECRET:ACCOUNT, where ACCOUNT has 12 digits`);
}

function refused(why: string): UserError {
  return new UserError(`--credentials: ${why}`, { exitCode: ExitCode.usage });
}
