import { defineCommand } from "citty";
import { positive } from "../common-options.ts";
import { ExitCode, UserError } from "../fail.ts";
import { environmentOf } from "../local-session.ts";
import { latticeOptions, latticeSettings } from "./lattice-options.ts";
import { onThisMachine } from "./on-this-machine.ts";
import { resolvedTargets } from "./resolved-targets.ts";
import { type Session, startSession } from "./start-session.ts";
import { stopAsked, unlessStopped, untilStopped } from "./stopping.ts";
import { toldCredentials } from "./told-credentials.ts";

/** `espalier local`. */
export const local = defineCommand({
  meta: {
    name: "local",
    description: "Run an AWS in this process, VPC Lattice and its traffic included, until Ctrl-C",
  },
  args: {
    port: { type: "string", default: "4566", description: "Its port on 127.0.0.1; 0 for any free one" },
    speed: { type: "string", default: "1", description: "Seconds of AWS time in one second of ours" },
    data: {
      type: "string",
      description: "Directory that keeps its state, so that it goes on where it was when it is started again",
    },
    credentials: {
      type: "string",
      description:
        "KEY:SECRET of its root, as any AWS tool signs with (default: new ones); KEY:SECRET:ACCOUNT adds another account; several with commas",
    },
    gateway: {
      type: "string",
      description:
        "Port on 127.0.0.1 for Lattice's callers, who name their VPC in the header x-espalier-source-vpc",
    },
    resolve: {
      type: "string",
      description: "Where targets really are: 10.0.1.10:80=127.0.0.1:4001; several with commas",
    },
    authority: {
      type: "string",
      description:
        "File with the root that signs the certificates of HTTPS, its key beside it; made where it is not there (default: authority.pem in --data)",
    },
    ...latticeOptions,
    deploy: { type: "boolean", description: "Deploy Espalier's stacks to it" },
    shop: { type: "boolean", description: "Deploy the sample shop too" },
  },
  async run({ args }) {
    const stop = stopAsked();
    const machine = onThisMachine({
      targets: resolvedTargets(args.resolve),
      gateway: args.gateway === undefined ? undefined : portOf(args.gateway, "gateway"),
    });
    const session = await startSession({
      port: portOf(args.port),
      speed: positive("speed", args.speed),
      ...(args.data === undefined ? {} : { data: args.data }),
      ...toldCredentials(args.credentials),
      ...(args.authority === undefined ? {} : { authorityFile: args.authority }),
      lattice: latticeSettings(args),
      afterReset: async (lattice) => void (await machine.tell(lattice)),
    });
    try {
      const gateway = await machine.tell(session.aws.lattice);
      console.log("An AWS in one process. To talk to it with any AWS tool:\n");
      for (const [name, value] of Object.entries(environmentOf(session.session)))
        console.log(`  export ${name}=${value}`);
      console.log(`\n${howToFind(session)}`);
      if (gateway !== undefined) console.log(`Lattice's callers come in at 127.0.0.1:${gateway}.`);
      if (session.aws.continues) console.log(`It goes on with what ${args.data} holds.`);
      if ((args.deploy || args.shop) && session.aws.continues)
        throw new UserError(
          "--deploy and --shop need a --data directory without a deployment: name an empty one",
          {
            exitCode: ExitCode.usage,
          },
        );
      if (args.deploy || args.shop)
        await unlessStopped(stop, session.deploy({ shop: args.shop ?? false, onProgress: console.log }));
      console.log(
        `Ctrl-C stops it; ${args.data === undefined ? "nothing is kept" : `${args.data} keeps its state`}.`,
      );
      await untilStopped(stop);
    } finally {
      await session.close();
    }
    return ExitCode.done;
  },
});

/** How espalier in another terminal comes to talk to this embedded AWS. */
export const howToFind = ({ before }: Pick<Session, "before">): string =>
  before === undefined
    ? "espalier finds it by itself: add --local to any command."
    : `--local goes on to mean the AWS that was here first, at ${before.endpoint} (process ${before.pid}).`;

/** The port that an option names. Throws UserError for what is none. */
export function portOf(text: string, option = "port"): number {
  const port = Number(text);
  if (text.trim() === "" || !Number.isInteger(port) || port < 0 || port > 65_535)
    throw new UserError(`--${option} is ${text || "empty"}; a port is a whole number from 0 to 65535`, {
      exitCode: ExitCode.usage,
    });
  return port;
}
