import type * as z from "zod";
import type { TopologyDocument } from "../document/document.ts";
import type { Listener, Rule } from "../document/listener.ts";
import type { OwnNetwork } from "../document/network.ts";
import type { Service } from "../document/service.ts";
import type { HealthCheck, TargetGroup } from "../document/target-group.ts";
import type { Tell } from "./not-expressed.ts";

/** A document as a person writes it: without what is by default, and with `${clusterVpc}` where a VPC is to be filled in. */
export type WrittenDocument = z.input<typeof TopologyDocument>;
export type WrittenNetwork = z.input<typeof OwnNetwork>;
export type WrittenService = z.input<typeof Service>;
export type WrittenListener = z.input<typeof Listener>;
export type WrittenRule = z.input<typeof Rule>;
export type WrittenGroup = Extract<z.input<typeof TargetGroup>, { type: "IP" }>;
export type WrittenHealthCheck = z.input<typeof HealthCheck>;

/** Where a piece of the document comes from, and what it means for the document to be without it. */
export interface Origin {
  readonly tell: Tell;
  readonly field: string;
  readonly without: string;
}

/** The origin of each piece of a document that can be taken out by itself. */
export type Origins = WeakMap<object, Origin>;

/** The target groups that a written action forwards to. */
export const groupsOf = (action: WrittenRule["action"]): string[] => {
  if (!("forward" in action)) return [];
  return typeof action.forward === "string" ? [action.forward] : Object.keys(action.forward);
};
