import type { Platform } from "../platform.ts";

/** An event as rules match it and targets receive it. `time` has no fraction of a second. */
export interface BusEvent {
  readonly version: "0";
  readonly id: string;
  readonly "detail-type": string;
  readonly source: string;
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}

/** What the sender of an event decides; the rest is EventBridge's. `at` is AWS time in milliseconds. */
export interface EventContent {
  readonly source: string;
  readonly detailType: string;
  readonly at: number;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}

export function busEvent(
  platform: Platform,
  { source, detailType, at, resources, detail }: EventContent,
): BusEvent {
  return {
    version: "0",
    id: uuid(platform),
    "detail-type": detailType,
    source,
    account: platform.account,
    time: wholeSeconds(at),
    region: platform.region,
    resources,
    detail,
  };
}

/** A version 4 UUID of the platform's seeded chance. */
export function uuid({ hexId }: Pick<Platform, "hexId">): string {
  const hex = hexId(30);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(12, 15)}-a${hex.slice(15, 18)}-${hex.slice(18, 30)}`;
}

/** `2026-11-22T21:15:00Z`. */
export function wholeSeconds(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, "Z");
}
