import { appendFileSync } from "node:fs";
import type { Resource } from "../graph/graph.ts";

/** What sst is told while a deployment goes on, one line of JSON an event, as `pulumi up --event-log` writes it. */
export interface EventLog {
  created(resource: Resource): void;
  summary(resources: number): void;
  failed(message: string): void;
}

/** An event log in this file. */
export function eventLog(file: string): EventLog {
  let sequence = 0;
  const write = (event: object) => {
    const line = { sequence: sequence++, timestamp: Math.floor(Date.now() / 1000), ...event };
    appendFileSync(file, `${JSON.stringify(line)}\n`);
  };
  return {
    created({ urn, type, custom, id, parent = "" }) {
      const state = { type, urn, custom, id, parent, inputs: {}, outputs: {}, provider: "" };
      const metadata = { op: "create", urn, type, provider: "", new: state };
      write({ resourcePreEvent: { metadata } });
      write({ resOutputsEvent: { metadata } });
    },
    summary(create) {
      write({
        summaryEvent: {
          maybeCorrupt: false,
          durationSeconds: 1,
          resourceChanges: { create },
          PolicyPacks: {},
        },
      });
    },
    failed(message) {
      write({ diagnosticEvent: { severity: "error", message, color: "never" } });
    },
  };
}
