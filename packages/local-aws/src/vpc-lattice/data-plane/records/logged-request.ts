import type { LogText } from "../../../platform.ts";
import type { Journey } from "../journey.ts";
import type { Outcome } from "../outcome.ts";
import { accessLogLine, accessLogValues, constantMembers } from "./access-log-line.ts";
import type { PackedText } from "./packed-texts.ts";

/** A request as an access log has it: small while nobody reads it, and its whole line when it is read. */
export class LoggedRequest implements LogText {
  readonly #constant: string;
  readonly #values: PackedText;
  /** When it began, in milliseconds of AWS time. */
  readonly at: number;

  /** `pack` puts the text into few bytes. */
  constructor(journey: Journey, outcome: Outcome, durationMs: number, pack: (text: string) => PackedText) {
    this.#constant = constantMembers(journey.place, journey.notes.group);
    this.#values = pack(accessLogValues(journey, outcome, durationMs));
    this.at = journey.startedAt;
  }

  get length(): number {
    return this.#values.end - this.#values.start;
  }

  toString(): string {
    const { block, start, end } = this.#values;
    return accessLogLine(this.#constant, block.toString("utf8", start, end));
  }
}
