import type { Target, TargetGroup } from "../../control-plane/records.ts";
import type { AddressBook } from "../targets/address-book.ts";
import type { TargetPools } from "../targets/target-pools.ts";
import type { GroupChooser } from "./group-chooser.ts";
import { type Matchable, matchRule } from "./match-rule.ts";
import type { RoutedAction, RoutedRule } from "./routing.ts";

/** What is to be done with a request. */
export type Destination =
  | { readonly type: "fixed-response"; readonly status: number }
  /** Every weight is 0, or there is no target. */
  | { readonly type: "nowhere"; readonly group: TargetGroup | undefined }
  /** The address of the target is in no address book: as if nobody listened there. */
  | { readonly type: "unreachable"; readonly group: TargetGroup }
  | { readonly type: "http"; readonly group: TargetGroup; readonly origin: string }
  | {
      readonly type: "function";
      readonly group: TargetGroup;
      readonly functionArn: string;
      readonly version: "V1" | "V2";
    };

interface Choosers {
  readonly chooseGroup: GroupChooser;
  readonly pools: TargetPools;
  readonly addresses: AddressBook;
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
  const target = group && choosers.pools.next(group);
  if (group === undefined || target === undefined) return { type: "nowhere", group };
  return destination(group, target, choosers.addresses);
}

function groupOf(action: Extract<RoutedAction, { type: "forward" }>, chooseGroup: GroupChooser) {
  const index = chooseGroup(action);
  return index === undefined ? undefined : action.groups[index];
}

function destination(group: TargetGroup, { target, port }: Target, addresses: AddressBook): Destination {
  if (group.config.type === "LAMBDA") {
    return {
      type: "function",
      group,
      functionArn: target,
      version: group.config.lambdaEventStructureVersion,
    };
  }
  const address = port === undefined ? undefined : addresses.resolve(target, port);
  if (address === undefined) return { type: "unreachable", group };
  const scheme = group.config.protocol === "HTTPS" ? "https" : "http";
  return { type: "http", group, origin: `${scheme}://${address}` };
}
