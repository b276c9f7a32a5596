import type { AlarmSettings, AlarmState, Comparison, StateValue } from "./alarm.ts";
import { periodOf } from "./check-alarm.ts";
import type { Judgement } from "./judge.ts";

const comparisons: Readonly<Record<Comparison, string>> = {
  GreaterThanOrEqualToThreshold: "greater than or equal to",
  GreaterThanThreshold: "greater than",
  LessThanOrEqualToThreshold: "less than or equal to",
  LessThanThreshold: "less than",
};

/** The state of an alarm that has been judged at `now`, told in CloudWatch's words. */
export function judgedState(
  value: StateValue,
  judgement: Judgement,
  settings: AlarmSettings,
  now: number,
): AlarmState {
  return {
    value,
    at: now,
    reason: reason(value, judgement, settings),
    reasonData: reasonData(judgement, settings, now),
  };
}

function reason(value: StateValue, { real, filled }: Judgement, settings: AlarmSettings): string {
  const { EvaluationPeriods, DatapointsToAlarm, TreatMissingData } = settings;
  if (value === "INSUFFICIENT_DATA") {
    return `Insufficient Data: ${count(filled, "datapoint")} ${were(filled)} unknown.`;
  }
  if (real.length === 0) {
    const treated = TreatMissingData === "breaching" ? "Breaching" : "NonBreaching";
    return `Threshold Crossed: no datapoints were received for ${count(filled, "period")} and ${count(filled, "missing datapoint")} ${were(filled)} treated as [${treated}].`;
  }
  const seen = real.map(({ at, value }) => `${decimal(value)} (${shortTime(at)})`).join(", ");
  const alarm = value === "ALARM";
  const least = alarm ? DatapointsToAlarm : EvaluationPeriods - DatapointsToAlarm + 1;
  const transition = alarm ? "OK -> ALARM" : "ALARM -> OK";
  return `Threshold Crossed: ${real.length} out of the last ${EvaluationPeriods} datapoints [${seen}] ${were(real.length)} ${alarm ? "" : "not "}${comparisons[settings.ComparisonOperator]} the threshold (${decimal(settings.Threshold)}) (minimum ${count(least, "datapoint")} for ${transition} transition).`;
}

function reasonData({ real }: Judgement, settings: AlarmSettings, now: number): string {
  const oldest = real.at(-1);
  return JSON.stringify({
    version: "1.0",
    queryDate: alarmTime(now),
    ...(oldest === undefined ? {} : { startDate: alarmTime(oldest.at) }),
    statistic: settings.Statistic ?? settings.ExtendedStatistic,
    period: periodOf(settings),
    recentDatapoints: real.map(({ value }) => value).toReversed(),
    threshold: settings.Threshold,
  });
}

/** `2026-10-02T17:04:40.989+0000`. */
export function alarmTime(at: number): string {
  return new Date(at).toISOString().replace("Z", "+0000");
}

/** `02/10/26 16:59:00`. */
function shortTime(at: number): string {
  const [, year, month, day, time] =
    /^\d\d(\d\d)-(\d\d)-(\d\d)T(.{8})/.exec(new Date(at).toISOString()) ?? [];
  return `${day}/${month}/${year} ${time}`;
}

const were = (number: number) => (number === 1 ? "was" : "were");
const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? "" : "s"}`;
const decimal = (value: number) => (Number.isInteger(value) ? `${value}.0` : String(value));
