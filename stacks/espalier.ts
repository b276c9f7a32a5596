import { alarms } from "./alarms.ts";
import { receiveAlarm, receiveCommand, receiveFreeze } from "./commands.ts";
import { admitRules, deadLetters } from "./dead-letters.ts";
import { eventBus } from "./event-bus.ts";
import { invokesFunction, startsWorkflow } from "./event-rule.ts";
import type { FunctionNetwork } from "./lambda.ts";
import { outputsParameter } from "./names.ts";
import { provisionFunctions } from "./provision-functions.ts";
import { provisionWorkflow } from "./provision-workflow.ts";
import { recover, sweep, sweepLeftovers } from "./recovery.ts";
import { rolloutFunctions } from "./rollout-functions.ts";
import { rolloutWorkflow } from "./rollout-workflow.ts";
import { rolloutsTable } from "./rollouts-table.ts";
import { schedules } from "./schedules.ts";
import { requestsTopology, type TopologyDoor } from "./topology-door.ts";
import { checkDrift, settleDeadRuns } from "./topology-upkeep.ts";

/** What may differ between deployments. */
export interface EspalierArgs {
  /** The network that hooks at addresses are asked from; without it no address is. */
  readonly hooksFrom?: FunctionNetwork | undefined;
  /** ARNs of the roles of other accounts as which topologies may be applied. */
  readonly topologyRoles?: readonly $util.Input<string>[] | undefined;
}

/**
 * Espalier itself: what is asked for on the bus, and who answers. Returns what the `espalier` command must know, and where the
 * same deployment can ask for topologies.
 */
export function espalier({ hooksFrom, topologyRoles: roles = [] }: EspalierArgs) {
  const bus = eventBus();
  const table = rolloutsTable();
  const { undelivered, failed } = deadLetters();
  const rolloutMachine = rolloutWorkflow(rolloutFunctions({ bus, table, hooksFrom }), table);
  const provision = provisionFunctions({ bus, table, roles });
  const provisionMachine = provisionWorkflow(provision);
  const recovery = { bus, table, rolloutMachine, provisionMachine, undelivered, failures: failed };

  const topologyRequested = startsWorkflow(
    "topology-requested",
    asked(["Topology Apply Requested", "Topology Destroy Requested"]),
    provisionMachine,
  );
  admitRules(undelivered, [
    topologyRequested,
    startsWorkflow(
      "rollout-requested",
      asked(["Rollout Requested", "Rollout Undo Requested"]),
      rolloutMachine,
    ),
    invokesFunction(
      "rollout-command",
      asked([
        "Rollout Pause Requested",
        "Rollout Resume Requested",
        "Rollout Approval Given",
        "Rollout Promotion Requested",
        "Rollout Abort Requested",
      ]),
      receiveCommand({ bus, table, failures: failed }),
    ),
    invokesFunction("freeze", asked(["Freeze Requested"]), receiveFreeze({ bus, table, failures: failed })),
    invokesFunction("alarm-fired", fired(), receiveAlarm({ bus, table, failures: failed })),
    invokesFunction("rollout-died", died(rolloutMachine), recover(recovery)),
    invokesFunction("topology-died", died(provisionMachine), settleDeadRuns(recovery)),
  ]);
  sweep(recovery);
  sweepLeftovers(recovery);
  const drift = checkDrift(recovery, roles);
  alarms({ undelivered, failed, rolloutMachine });
  const { group, role } = schedules(bus, undelivered);

  const outputs = {
    bus: bus.name,
    table: table.name,
    rolloutStateMachine: rolloutMachine.arn,
    provisionStateMachine: provisionMachine.arn,
    busArn: bus.arn,
    scheduleGroup: group.name,
    scheduleRole: role.arn,
    undelivered: undelivered.arn,
  };
  new aws.ssm.Parameter("Outputs", {
    name: outputsParameter(),
    type: "String",
    value: $jsonStringify(outputs),
  });
  const requests = requestsTopology({ bus, table, roles });
  const { planTopology, applyTopology, followTopology } = provision;
  const door: TopologyDoor = {
    requests,
    ready: [topologyRequested.target],
    assumedBy: [requests, planTopology, applyTopology, followTopology, drift].map(
      ({ nodes }) => nodes.role.arn,
    ),
  };
  return { outputs, door };

  function asked(detailTypes: string[]) {
    return { bus, undelivered, pattern: { "detail-type": detailTypes } };
  }

  /** CloudWatch tells of alarms on the default bus only. One that no longer fires is no news to a rollout. */
  function fired() {
    return {
      undelivered,
      pattern: {
        source: ["aws.cloudwatch"],
        "detail-type": ["CloudWatch Alarm State Change"],
        detail: { state: { value: ["ALARM"] } },
      },
    };
  }

  /** AWS tells of its own executions on the default bus only. */
  function died(machine: aws.sfn.StateMachine) {
    return {
      undelivered,
      pattern: {
        source: ["aws.states"],
        "detail-type": ["Step Functions Execution Status Change"],
        detail: { stateMachineArn: [machine.arn], status: ["FAILED", "TIMED_OUT", "ABORTED"] },
      },
    };
  }
}
