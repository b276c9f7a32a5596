import { existsSync } from "node:fs";
import { AuthorityFileError } from "./authority-file-error.ts";
import type { Root } from "./root.ts";

/** A certificate with its private key, both PEM. */
export interface KeyPair {
  readonly certificate: string;
  readonly privateKey: string;
}

/** An authority that signs certificates for any name, and that only those trust who have been told to. */
export interface Authority {
  /** The root's certificate as PEM, for NODE_EXTRA_CA_CERTS and the like. Rejects with AuthorityFileError. */
  root(): Promise<string>;
  /** A certificate for these names, the first of which is its subject. */
  issue(names: readonly string[]): Promise<KeyPair>;
}

/**
 * The authority whose root is in `file`, its key beside it in `FILE.key`; both are made where they are not there, so that a root
 * that is trusted once is trusted again. A file without its key is somebody's own, and left alone. Without a file: a new one, made when it is first asked for. Certificates live on wall time.
 */
export function localAuthority(file: string | undefined): Authority {
  let opened: Promise<Root> | undefined;
  const open = () => {
    opened ??= openRoot(file);
    return opened;
  };
  // What is to be trusted by a program that starts later must be there by then.
  if (file !== undefined) open().catch(() => undefined);
  return {
    root: async () => (await open()).certificate,
    issue: async (names) => (await open()).issue(names),
  };
}

async function openRoot(file: string | undefined): Promise<Root> {
  // Loaded when it is needed, as most who use this AWS need no certificates.
  const { makeRoot, readRoot } = await import("./root.ts");
  try {
    return file !== undefined && existsSync(file) ? await readRoot(file) : await makeRoot(file);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : cause;
    const message = `${file} and ${file}.key are no root and its key, nor can they be made: ${reason}; name another file, or remove both if they are of a local AWS`;
    throw new AuthorityFileError(message, { cause });
  }
}
