/** Whether the code of a connection's error says that it was its TLS: OpenSSL's reason, or what writing then fails with. */
export function tlsFailed(code: string): boolean {
  return code === "EPROTO" || /^ERR_(?:SSL|TLS)_/.test(code);
}
