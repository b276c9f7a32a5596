import { text } from "./text.ts";

const own = "arn:[a-z0-9\\-]+:vpc-lattice:[a-zA-Z0-9\\-]+:\\d{12}:";

/** Identifiers: an id or an ARN. See the API reference for the bounds. */
export const identifier = {
  network: text(3, 2048, either("sn-[0-9a-z]{17}", "servicenetwork/")),
  service: text(17, 2048, either("svc-[0-9a-z]{17}", "service/")),
  listener: text(20, 2048, either("listener-[0-9a-z]{17}", "service/svc-[0-9a-z]{17}/listener/")),
  rule: text(
    20,
    2048,
    either("rule-[0-9a-z]{17}", "service/svc-[0-9a-z]{17}/listener/listener-[0-9a-z]{17}/rule/"),
  ),
  targetGroup: text(17, 2048, either("tg-[0-9a-z]{17}", "targetgroup/")),
  serviceAssociation: text(17, 2048, either("snsa-[0-9a-z]{17}", "servicenetworkserviceassociation/")),
  vpcAssociation: text(17, 2048, either("snva-[0-9a-z]{17}", "servicenetworkvpcassociation/")),
  accessLogSubscription: text(17, 2048, either("als-[0-9a-z]{17}", "accesslogsubscription/")),
  /** Of a service or a network: what can have an auth policy. */
  guarded: text(
    17,
    200,
    new RegExp(`(?:sn|svc)-[0-9a-z]{17}|${own}(?:servicenetwork/sn|service/svc)-[0-9a-z]{17}`),
  ),
  /** The ARN of one of them. */
  guardedArn: text(20, 200, new RegExp(`${own}(?:servicenetwork/sn|service/svc)-[0-9a-z]{17}`)),
  vpc: text(5, 50, /vpc-(?:[0-9a-z]{8}|[0-9a-z]{17})/),
  securityGroup: text(5, 200, /sg-(?:[0-9a-z]{8}|[0-9a-z]{17})/),
  resourceArn: text(
    0,
    1224,
    /arn:[a-z0-9][-.a-z0-9]{0,62}:vpc-lattice:(?:[a-z0-9][-.a-z0-9]{0,62})?:\d{12}?:[^/].{0,1023}/,
  ),
};

function either(id: string, path: string): RegExp {
  return new RegExp(`${id}|${own}${path}${id}`);
}
