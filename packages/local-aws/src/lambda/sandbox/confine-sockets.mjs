import { Socket } from "node:net";

/** https://docs.aws.amazon.com/vpc-lattice/latest/ug/services.html */
const LATTICE_NAME = /^[a-z0-9.-]+\.vpc-lattice-svcs\.[a-z0-9-]+\.on\.aws$/;

/** @typedef {{ host: string, port: number }} Destination A path of a local socket is a host with port 0. */

/**
 * Confines every socket of this thread to loopback: a function reaches the local AWS and, by their names, the services of VPC
 * Lattice, whose ports all stand behind that of the gateway. Anything else fails with an error that says so.
 *
 * @param {() => import("./messages.ts").Gateway | undefined} gatewayOf
 */
export function confineSockets(gatewayOf) {
  const connect = Socket.prototype.connect;
  Socket.prototype.connect = function confined(...parameters) {
    const destination = destinationOf(parameters);
    const gateway = gatewayOf();
    if (gateway !== undefined && leadsTo(gateway, destination))
      return connect.apply(this, redirected(parameters, gateway.port));
    if (isLoopback(destination.host)) return connect.apply(this, parameters);
    process.nextTick(() => this.destroy(unreachable(destination)));
    return this;
  };
}

/**
 * connect is called with a port and host, with options, or by node:net itself with a list of both that it has marked.
 *
 * @returns {Destination}
 */
function destinationOf([first, second]) {
  if (Array.isArray(first)) return destinationOf(first);
  if (typeof first === "object" && first !== null) {
    // node:http gives null for what it does not set.
    const { host, port, path } = first;
    return path ? { host: path, port: 0 } : { host: (host ?? "localhost").toLowerCase(), port: Number(port) };
  }
  if (typeof first === "string" && Number.isNaN(Number(first))) return { host: first, port: 0 };
  return { host: typeof second === "string" ? second.toLowerCase() : "localhost", port: Number(first) };
}

/**
 * @param {import("./messages.ts").Gateway} gateway
 * @param {Destination} destination
 */
function leadsTo({ customNames }, { host, port }) {
  return port !== 0 && (LATTICE_NAME.test(host) || customNames.includes(host));
}

/** @param {number} port */
function redirected([first, ...rest], port) {
  const gateway = { host: "127.0.0.1", port };
  if (Array.isArray(first)) {
    // The mark of node:net is on the list itself.
    first[0] = { ...first[0], ...gateway };
    return [first, ...rest];
  }
  if (typeof first === "object") return [{ ...first, ...gateway }, ...rest];
  return [gateway, ...rest.filter((argument) => typeof argument === "function")];
}

/** @param {string} host */
function isLoopback(host) {
  return host === "localhost" || host === "::1" || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/** @param {Destination} destination */
function unreachable({ host, port }) {
  const where = port === 0 ? host : `${host}:${port}`;
  const why = LATTICE_NAME.test(host)
    ? "the function is in no VPC that reaches VPC Lattice"
    : "a function of the local AWS reaches only the local AWS and VPC Lattice";
  return Object.assign(new Error(`connect ${where}: ${why}`), { code: "ENETUNREACH", syscall: "connect" });
}
