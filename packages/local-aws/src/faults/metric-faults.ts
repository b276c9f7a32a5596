import type { Observation } from "../platform.ts";
import type { Fault, MetricFault } from "./fault.ts";
import type { FaultBook } from "./faults.ts";
import { fitsWildcard } from "./wildcard.ts";

const minute = 60_000;

/** Observations that suffer the arranged faults: the whole of a minute of a series comes late, or never. */
export function faultyMetrics(
  observe: (observation: Observation) => void,
  faults: FaultBook,
): (observation: Observation) => void {
  return (observation) => {
    const { namespace, metric, dimensions, at, lag = 0 } = observation;
    const name = `${namespace}/${metric}`;
    const applies = (fault: Fault): fault is MetricFault =>
      "metric" in fault && fitsWildcard(fault.metric, name);
    const datum = `${name} ${JSON.stringify(dimensions)} ${Math.floor(at / minute)}`;
    const strike = faults.strike(applies, datum);
    if (strike === undefined) observe(observation);
    else if (strike.fault.kind === "metrics-late") {
      observe({ ...observation, lag: lag + strike.fault.lateSeconds * 1000 });
    }
  };
}
