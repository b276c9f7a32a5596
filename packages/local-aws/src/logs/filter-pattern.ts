import { AwsError } from "../aws-error.ts";

/**
 * Terms of a filter pattern: all of `error "out of memory"` must occur in a line, none of `-debug` may, case counts.
 * Patterns for JSON and columns are refused.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function filterPattern(pattern: string): (message: string) => boolean {
  if (/^\s*[{[%?]/.test(pattern)) {
    const message = `the filter pattern ${pattern} is not offered by this local AWS; give terms`;
    throw new AwsError("InvalidParameterException", message);
  }
  const terms = [...pattern.matchAll(/(-?)(?:"([^"]*)"|(\S+))/g)].map(([, minus, quoted, word]) => ({
    wanted: minus !== "-",
    text: quoted ?? word ?? "",
  }));
  return (message) => terms.every(({ wanted, text }) => message.includes(text) === wanted);
}
