import type { TargetGroup } from "../../control-plane/records.ts";
import type { TargetGroupConfig } from "../../control-plane/target-group-config.ts";
import type { Peer } from "../targets/target-connections.ts";
import type { Endpoint, TargetPools } from "../targets/target-pools.ts";
import type { GroupChooser } from "./group-chooser.ts";
import { type Matchable, matchRule } from "./match-rule.ts";
import type { RoutedAction, RoutedRule } from "./routing.ts";

/** What is to be done with a request. */
export type Destination =
  | { readonly type: "fixed-response"; readonly status: number }
  /** Every weight is 0, or there is no target. */
  | { readonly type: "nowhere"; readonly group: TargetGroup | undefined }
  /** The address of the target is in no address book: as if nobody listened there. */
  | { readonly type: "unreachable"; readonly group: TargetGroup; readonly endpoint: Endpoint }
  | {
      readonly type: "http";
      readonly group: TargetGroup;
      readonly endpoint: Endpoint;
      readonly version: "HTTP1" | "HTTP2" | "GRPC";
      readonly peer: Peer;
    }
  | {
      readonly type: "function";
      readonly group: TargetGroup;
      readonly endpoint: Endpoint;
      readonly version: "V1" | "V2";
    };

interface Choosers {
  readonly chooseGroup: GroupChooser;
  readonly pools: TargetPools;
}

/** The first rule that matches, one of its groups by weight, one of the group's targets in turn. */
export function chooseDestination(
  rules: readonly RoutedRule[],
  request: Matchable,
  choosers: Choosers,
): Destination {
  const action = matchRule(rules, request)?.action;
  if (action === undefined) return { type: "nowhere", group: undefined };
  if (action.type === "fixed-response") return action;
  const group = groupOf(action, choosers.chooseGroup);
  const endpoint = group && choosers.pools.next(group);
  if (group === undefined || endpoint === undefined) return { type: "nowhere", group };
  return destination(group, group.config, endpoint);
}

function groupOf(action: Extract<RoutedAction, { type: "forward" }>, chooseGroup: GroupChooser) {
  const index = chooseGroup(action);
  return index === undefined ? undefined : action.groups[index];
}

function destination(group: TargetGroup, config: TargetGroupConfig, endpoint: Endpoint): Destination {
  if (config.type === "LAMBDA") {
    return { type: "function", group, endpoint, version: config.lambdaEventStructureVersion };
  }
  const { peer } = endpoint;
  if (peer === undefined) return { type: "unreachable", group, endpoint };
  return { type: "http", group, endpoint, version: config.protocolVersion ?? "HTTP1", peer };
}
