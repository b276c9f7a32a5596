import { Socket } from "node:net";

/**
 * Confines every socket of this thread to loopback: a function reaches the local AWS, and by their generated names the
 * services of VPC Lattice, which stand behind `gatewayPort`. Anything else fails with an error that says so.
 */
export function confineSockets(gatewayPort: () => number | undefined): void {
  const connect = Socket.prototype.connect;
  function confined(this: Socket, ...parameters: unknown[]): Socket {
    const destination = destinationOf(parameters);
    const port = destination.port === 80 && LATTICE_NAME.test(destination.host) ? gatewayPort() : undefined;
    if (port !== undefined) {
      return connect.apply(this, redirected(parameters, port) as unknown as Parameters<typeof connect>);
    }
    if (isLoopback(destination.host))
      return connect.apply(this, parameters as unknown as Parameters<typeof connect>);
    process.nextTick(() => this.destroy(unreachable(destination)));
    return this;
  }
  Socket.prototype.connect = confined as typeof connect;
}

/** https://docs.aws.amazon.com/vpc-lattice/latest/ug/services.html */
const LATTICE_NAME = /^[a-z0-9.-]+\.vpc-lattice-svcs\.[a-z0-9-]+\.on\.aws$/;

interface Destination {
  readonly host: string;
  readonly port: number;
}

/** node:http gives null for what it does not set. */
interface Options {
  readonly host?: string | null;
  readonly port?: number | string;
  readonly path?: string | null;
}

/** connect is called with a port and host, with options, or by node:net itself with a list of both that it has marked. */
function destinationOf([first, second]: readonly unknown[]): Destination {
  if (Array.isArray(first)) return destinationOf(first);
  if (typeof first === "object" && first !== null) {
    const { host, port, path } = first as Options;
    return path ? { host: path, port: 0 } : { host: (host ?? "localhost").toLowerCase(), port: Number(port) };
  }
  if (typeof first === "string" && Number.isNaN(Number(first))) return { host: first, port: 0 };
  return { host: typeof second === "string" ? second.toLowerCase() : "localhost", port: Number(first) };
}

function redirected(parameters: readonly unknown[], port: number): unknown[] {
  const [first, ...rest] = parameters;
  const gateway = { host: "127.0.0.1", port };
  if (Array.isArray(first)) {
    // The mark of node:net is on the list itself.
    first[0] = { ...first[0], ...gateway };
    return [first, ...rest];
  }
  if (typeof first === "object") return [{ ...first, ...gateway }, ...rest];
  return [gateway, ...rest.filter((argument) => typeof argument === "function")];
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127\.\d+\.\d+\.\d+$/.test(host);
}

function unreachable({ host, port }: Destination): Error {
  const where = port === 0 ? host : `${host}:${port}`;
  const why = LATTICE_NAME.test(host)
    ? "the function is in no VPC that reaches VPC Lattice, or the port is not 80"
    : "a function of the local AWS reaches only the local AWS and VPC Lattice";
  return Object.assign(new Error(`connect ${where}: ${why}`), { code: "ENETUNREACH", syscall: "connect" });
}
