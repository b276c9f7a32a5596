import type { LogText } from "../../../platform.ts";
import { accessLogLine, accessLogValues, constantMembers, joinedValues } from "./access-log-line.ts";
import { connectionValues, type FinishedConnection } from "./finished-connection.ts";
import type { Finished } from "./finished-request.ts";
import type { PackedText } from "./packed-texts.ts";

type Pack = (text: string) => PackedText;

/** A request as an access log has it: small while nobody reads it, and its whole line when it is read. */
export class LoggedRequest implements LogText {
  readonly #constant: string;
  readonly #values: PackedText;
  /** When it began, in milliseconds of AWS time. */
  readonly at: number;

  private constructor(constant: string, values: PackedText, at: number) {
    this.#constant = constant;
    this.#values = values;
    this.at = at;
  }

  /** `pack` puts the text into few bytes. */
  static of(finished: Finished, pack: Pack): LoggedRequest {
    const { place, notes, startedAt } = finished.journey;
    return new LoggedRequest(constantMembers(place, notes.group), pack(accessLogValues(finished)), startedAt);
  }

  /** A connection that is passed through is logged as one request. */
  static ofConnection(finished: FinishedConnection, pack: Pack): LoggedRequest {
    const { place, group, startedAt } = finished;
    const values = pack(joinedValues(connectionValues(finished)));
    return new LoggedRequest(constantMembers(place, group), values, startedAt);
  }

  get length(): number {
    return this.#values.end - this.#values.start;
  }

  toString(): string {
    const { block, start, end } = this.#values;
    return accessLogLine(this.#constant, block.toString("utf8", start, end));
  }
}
