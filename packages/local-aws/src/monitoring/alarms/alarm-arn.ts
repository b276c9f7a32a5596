/** The ARN of an alarm, whether or not there is one. */
export function alarmArn(
  name = "",
  { region, account }: { readonly region: string; readonly account: string },
): string {
  return `arn:aws:cloudwatch:${region}:${account}:alarm:${name}`;
}
