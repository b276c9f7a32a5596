import { catalogue } from "../src/wire/catalogue.ts";

/** An operation as a line of the AWS CLI asks for it, and the place in the output that it wants to see. */
export interface AwsCommand {
  readonly service: string;
  readonly operation: string;
  readonly input: Record<string, unknown>;
  readonly query: string;
}

const known = catalogue();
/** Of EC2 no client is here whose schemas could be read. */
const ec2Members = ["AvailabilityZone", "CidrBlock", "VpcId"];
/** What the CLI calls services by another name than requests are signed for. */
const signedNames: Readonly<Record<string, string>> = { elbv2: "elasticloadbalancing" };

/** Reads `aws SERVICE OPERATION --member value ...`. Throws Error where the SDK's schemas have no such operation or member. */
export async function awsCommand([
  command = "",
  name = "",
  ...options
]: readonly string[]): Promise<AwsCommand> {
  const service = signedNames[command] ?? command;
  const operation = name.replace(/(?:^|-)(.)/g, (_, first: string) => first.toUpperCase());
  const schema = (await known(service))?.schemas.operations.get(operation);
  if (schema === undefined && service !== "ec2") throw new Error(`${service} has no operation ${operation}`);
  const members =
    schema === undefined ? ec2Members : [...schema.input.structIterator()].map(([member]) => member);
  const input: Record<string, unknown> = {};
  let query = "";
  for (const [option = "", ...texts] of grouped(options)) {
    const [text = ""] = texts;
    if (option === "--query") query = text;
    if (option === "--query" || option === "--output") continue;
    const folded = option.replaceAll("-", "");
    const member = members.find((each) => each.toLowerCase() === folded);
    if (member === undefined) throw new Error(`${operation} has no member for ${option}`);
    const [value, ...more] = texts.map(givenValue);
    const isList = schema?.input.getMemberSchema(member).isListSchema() === true;
    input[member] = isList && !Array.isArray(value) ? [value, ...more] : value;
  }
  return { service, operation, input, query };
}

/** Each option with the values that follow it. */
function grouped(options: readonly string[]): string[][] {
  const groups: string[][] = [];
  for (const each of options) {
    if (each.startsWith("--")) groups.push([each]);
    else groups.at(-1)?.push(each);
  }
  return groups;
}

/** JSON, the CLI's shorthand (`a=1,b={c=true}`), or a text. https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-shorthand.html */
function givenValue(text: string): unknown {
  if (/^[[{]/.test(text)) return JSON.parse(text);
  return text.includes("=") ? shorthand(text) : scalar(text);
}

function shorthand(text: string): Record<string, unknown> {
  const pairs = Array.from(text.matchAll(/([^=,]+)=(?:\{([^}]*)\}|([^,]*))/g));
  return Object.fromEntries(
    pairs.map(([, name = "", nested, value = ""]) => [
      name,
      nested === undefined ? scalar(value) : shorthand(nested),
    ]),
  );
}

function scalar(text: string): string | number | boolean {
  if (text === "true" || text === "false") return text === "true";
  return /^\d+$/.test(text) ? Number(text) : text;
}

/** What `--query Vpc.VpcId` or `--query Vpcs[0].VpcId` shows of an output. */
export function queried(output: unknown, query: string): string {
  const found = query
    .split(/[.[\]]/)
    .filter((part) => part !== "")
    .reduce<unknown>((value, part) => (value as Record<string, unknown> | undefined)?.[part], output);
  return typeof found === "string" ? found : JSON.stringify(found);
}
