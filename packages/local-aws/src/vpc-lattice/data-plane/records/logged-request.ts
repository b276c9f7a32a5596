import type { LogText } from "../../../platform.ts";
import { accessLogLine, accessLogValues, constantMembers } from "./access-log-line.ts";
import type { Finished } from "./finished-request.ts";
import type { PackedText } from "./packed-texts.ts";

/** A request as an access log has it: small while nobody reads it, and its whole line when it is read. */
export class LoggedRequest implements LogText {
  readonly #constant: string;
  readonly #values: PackedText;
  /** When it began, in milliseconds of AWS time. */
  readonly at: number;

  /** `pack` puts the text into few bytes. */
  constructor(finished: Finished, pack: (text: string) => PackedText) {
    const { journey } = finished;
    this.#constant = constantMembers(journey.place, journey.notes.group);
    this.#values = pack(accessLogValues(finished));
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
