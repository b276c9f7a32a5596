import { defineCommand } from "citty";
import { jsonOption, stageOption } from "../../common-options.ts";
import { connect } from "../../connect.ts";
import { live } from "../../view/live.ts";
import { watchRollout } from "../../watch-rollout.ts";
import { findRollout, rolloutArgument } from "./find-rollout.ts";

/** `espalier rollout watch`. */
export const watch = defineCommand({
  meta: {
    name: "watch",
    description:
      "Follow a rollout to its end: 0 promoted, 3 rolled back, 4 stopped, 5 refused. Ctrl-C leaves it running",
  },
  args: {
    ...rolloutArgument,
    ...jsonOption,
    ...stageOption,
  },
  async run({ args }) {
    const connection = await connect(args);
    const id = await findRollout(connection.rollouts, args.rollout);
    return watchRollout({ connection, id, json: args.json ?? false, live: live(), sayTimes: true });
  },
});
