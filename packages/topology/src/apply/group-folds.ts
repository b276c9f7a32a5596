import type { Existing, ExistingTargetGroup } from "../existing.ts";
import { targetKey } from "../plan/lattice-shape.ts";
import { changed } from "./changed.ts";
import type { Folds } from "./fold-write.ts";

type Operation =
  | "CreateTargetGroup"
  | "UpdateTargetGroup"
  | "DeleteTargetGroup"
  | "RegisterTargets"
  | "DeregisterTargets"
  | "AddPermission";

const withGroup = (
  existing: Existing,
  id: string,
  change: (group: ExistingTargetGroup) => ExistingTargetGroup,
): Existing => ({ ...existing, targetGroups: changed(existing.targetGroups, id, change) });

/** Target groups and their targets. */
export const groupFolds: Folds<Operation> = {
  CreateTargetGroup: (existing, { name, type, config, tags }, { id, arn, status }) => ({
    ...existing,
    targetGroups: [
      ...existing.targetGroups,
      {
        ...{ id, arn, status, name, type, tags },
        port: config.port,
        protocol: config.protocol,
        protocolVersion: config.protocolVersion,
        ipAddressType: config.ipAddressType,
        vpc: config.vpcIdentifier,
        lambdaEventStructureVersion: config.lambdaEventStructureVersion,
        healthCheck: config.healthCheck,
        usedBy: [],
        targets: [],
        functionPolicy: undefined,
      },
    ],
  }),

  UpdateTargetGroup: (existing, { targetGroupIdentifier, healthCheck }) =>
    withGroup(existing, targetGroupIdentifier, (group) => ({ ...group, healthCheck })),

  DeleteTargetGroup: (existing, { targetGroupIdentifier }, { status }) =>
    withGroup(existing, targetGroupIdentifier, (group) => ({
      ...group,
      status: status || "DELETE_IN_PROGRESS",
    })),

  RegisterTargets: (existing, { targetGroupIdentifier, targets }) =>
    withGroup(existing, targetGroupIdentifier, (group) => {
      const joining = targets.map(({ id, port = group.port }) => ({ id, port, status: "INITIAL" }));
      const joined = new Set(joining.map((target) => targetKey(target)));
      return {
        ...group,
        targets: [...group.targets.filter((target) => !joined.has(targetKey(target))), ...joining],
      };
    }),

  DeregisterTargets: (existing, { targetGroupIdentifier, targets }) =>
    withGroup(existing, targetGroupIdentifier, (group) => {
      const leaving = new Set(targets.map((target) => targetKey(target, group.port)));
      return {
        ...group,
        targets: group.targets.map((target) =>
          leaving.has(targetKey(target, group.port)) ? { ...target, status: "DRAINING" } : target,
        ),
      };
    }),

  AddPermission: (existing, { functionName, statementId, sourceArn }) => {
    const id = existing.targetGroups.find(({ arn }) => arn === sourceArn)?.id ?? "";
    return withGroup(existing, id, (group) => ({
      ...group,
      functionPolicy: withStatement(group.functionPolicy, {
        Sid: statementId,
        Effect: "Allow",
        Principal: { Service: "vpc-lattice.amazonaws.com" },
        Action: "lambda:InvokeFunction",
        Resource: functionName,
        Condition: { ArnLike: { "AWS:SourceArn": sourceArn } },
      }),
    }));
  },
};

function withStatement(policy: string | undefined, statement: object): string {
  const { Statement = [] } = JSON.parse(policy || "{}") as { Statement?: object[] };
  return JSON.stringify({ Version: "2012-10-17", Statement: [...Statement, statement] });
}
