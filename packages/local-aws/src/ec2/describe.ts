import * as z from "zod";
import { AwsError } from "../aws-error.ts";
import type { Operation } from "../platform.ts";

/** A thing as EC2 describes it. */
export type Described = Readonly<Record<string, string>>;

const Filters = z.array(z.object({ Name: z.string(), Values: z.array(z.string()).default([]) })).optional();

/** An operation that lists all things of a kind, or those named in the member `ids` of its input, that fit all filters; `answer` shows them. */
export function describe(
  name: string,
  ids: string,
  missing: string,
  things: ReadonlyMap<string, Described>,
  answer: (found: readonly Described[]) => object,
): Operation<object> {
  const Input = z.object({ Filters });
  const Ids = z.object({ [ids]: z.array(z.string()).optional() });
  return {
    permissions: () => [{ action: `ec2:${name}`, resource: "*" }],
    run(input) {
      const wanted = Ids.parse(input)[ids];
      const { Filters: filters = [] } = Input.parse(input);
      const found = wanted === undefined ? [...things.values()] : wanted.map(find);
      const fits = (thing: Described) =>
        filters.every(({ Name, Values }) => Values.includes(thing[attributeOf(Name)] ?? ""));
      return answer(found.filter(fits));
    },
  };

  function find(id: string): Described {
    const thing = things.get(id);
    if (thing === undefined) throw new AwsError(missing, `The ID '${id}' does not exist`);
    return thing;
  }
}

/** `vpc-id` filters by VpcId. Throws InvalidParameterValue for what nothing here has. */
function attributeOf(filter: string): string {
  const attribute = attributes.get(filter);
  if (attribute === undefined)
    throw new AwsError("InvalidParameterValue", `The filter '${filter}' is invalid`);
  return attribute;
}

const attributes: ReadonlyMap<string, string> = new Map([
  ["availability-zone", "AvailabilityZone"],
  ["cidr", "CidrBlock"],
  ["cidr-block", "CidrBlock"],
  ["group-id", "GroupId"],
  ["group-name", "GroupName"],
  ["instance-id", "InstanceId"],
  ["private-ip-address", "PrivateIpAddress"],
  ["state", "State"],
  ["subnet-id", "SubnetId"],
  ["vpc-id", "VpcId"],
]);
