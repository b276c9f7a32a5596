/**
 * What happens to a handler when so many of its own calls over HTTP have been answered, and at the latest when it is done. It has not
 * heard the last answer yet.
 */
export type Mishap =
  /** Its thread ends. */
  | { readonly type: "crash"; readonly afterCalls: number }
  /** It counts as timed out, and goes on `thawAfter` milliseconds of AWS time later. */
  | { readonly type: "freeze"; readonly afterCalls: number; readonly thawAfter: number };
