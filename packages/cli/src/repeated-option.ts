/** Every value of an option that may be given several times, in order: citty keeps the last one only. */
export function repeatedOption(rawArgs: readonly string[], name: string): string[] {
  return rawArgs.flatMap((argument, index) => {
    if (argument.startsWith(`--${name}=`)) return [argument.slice(`--${name}=`.length)];
    const next = rawArgs[index + 1];
    return argument === `--${name}` && next !== undefined ? [next] : [];
  });
}
