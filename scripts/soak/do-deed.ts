import { commandDetailTypes } from "../../packages/rollout/src/index.ts";
import type { Shop } from "../../test/rollout/shop.ts";
import type { Foreign } from "./play.ts";
import type { Deed, Scenario } from "./scenario.ts";
import type { Stage } from "./stage.ts";

/** A run while it is played. */
export interface Doing {
  readonly stage: Stage;
  readonly scenario: Scenario;
  readonly service: Shop;
  readonly id: string;
  /** Every rollout that was asked for. */
  readonly ids: string[];
  /** The weights each time that somebody else wrote them. */
  readonly foreign: Foreign[];
}

/** Does what somebody does while a rollout runs. */
export async function doDeed(doing: Doing, deed: Deed): Promise<void> {
  const { stage, scenario, service, id, ids } = doing;
  const asker = { requestedBy: "soak", reason: `seed ${scenario.seed}` };
  switch (deed.type) {
    case "command": {
      const command = { ...asker, id: `${id}-${deed.command}`, rollout: id };
      for (let time = 0; time < deed.times; time += 1) {
        await stage.ask(commandDetailTypes[deed.command], command);
      }
      return;
    }
    case "freeze":
      return stage.ask("Freeze Requested", { ...asker, frozen: deed.frozen });
    case "write-weights":
      await service.setWeights({ v1: 100 - deed.candidate, v2: deed.candidate });
      return note(doing);
    case "add-rule":
      await service.addRule(`late-${doing.foreign.length}`, { v1: 100 });
      return note(doing);
    case "stop-execution":
      for (const executionArn of await stage.running()) {
        await stage.aws.call("states", "StopExecution", { executionArn });
      }
      return stage.clock.advance(0);
    case "ask-again": {
      const second = `${id}-second-${ids.length}`;
      ids.push(second);
      return stage.ask("Rollout Requested", {
        ...scenario.wanted,
        ...{
          id: second,
          service: id,
          candidate: `${id}-v2`,
          stable: `${id}-v1`,
          whenLocked: deed.whenLocked,
        },
      });
    }
    case "undo": {
      // Numbered by Espalier where an earlier undo was refused.
      const before = ids.filter((one) => one.startsWith(`${id}-undo`)).length;
      ids.push(before === 0 ? `${id}-undo` : `${id}-undo-${before + 1}`);
      return stage.ask("Rollout Undo Requested", { ...asker, rollout: id });
    }
  }
}

async function note({ stage, service, foreign }: Doing): Promise<void> {
  foreign.push({ at: new Date(stage.clock.now()).toISOString(), weights: await service.weights() });
}
