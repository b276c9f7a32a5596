import ipaddr from "ipaddr.js";

/**
 * Where the targets of a deployment really are: from a deployed address and port (`10.0.1.10:80`, `[fd00::1]:80`,
 * `i-0123456789abcdef0:80`) to one on this machine (`127.0.0.1:4001`).
 */
export interface AddressBook {
  /** Throws RangeError where `local` is not a loopback address with a port. */
  set(deployed: string, local: string): void;
  delete(deployed: string): void;
  /** Whether a target has an entry at any port. */
  has(target: string): boolean;
  /** Where a target is on this machine; a loopback address stands for itself. */
  resolve(target: string, port: number): string | undefined;
}

/** The book with these entries; `changed` is called after every change. */
export function addressBook(entries: Map<string, string>, changed: () => void): AddressBook {
  return {
    set(deployed, local) {
      if (!isLoopback(local)) throw new RangeError(`${local} is not a loopback address with a port`);
      entries.set(canonical(deployed), local);
      changed();
    },
    delete(deployed) {
      entries.delete(canonical(deployed));
      changed();
    },
    has: (target) => entries.keys().some((deployed) => split(deployed).host === target),
    resolve(target, port) {
      const key = join(target, port);
      return entries.get(key) ?? (isLoopback(key) ? key : undefined);
    },
  };
}

function canonical(deployed: string): string {
  const { host, port } = split(deployed);
  return join(ipaddr.isValid(host) ? ipaddr.parse(host).toString() : host, port);
}

function join(host: string, port: number): string {
  return host.includes(":") && ipaddr.isValid(host) ? `[${host}]:${port}` : `${host}:${port}`;
}

function split(address: string): { host: string; port: number } {
  const colon = address.lastIndexOf(":");
  const port = Number(address.slice(colon + 1));
  const host = address.slice(0, colon).replace(/^\[(.*)\]$/, "$1");
  if (colon < 1 || !Number.isInteger(port)) throw new RangeError(`${address} is not an address with a port`);
  return { host, port };
}

function isLoopback(address: string): boolean {
  return /^(?:127\.\d+\.\d+\.\d+|\[::1\]|localhost):\d+$/.test(address);
}
