/** The two parts of an address as `host:port`; the brackets of an IPv6 address belong to the notation. */
export function hostAndPort(address: string): {host: string; port: number} {
  const colon = address.lastIndexOf(':');
  return {host: address.slice(0, colon).replace(/^\[(.*)\]$/, '$1'), port: Number(address.slice(colon + 1))};
}

/** True for `host:port` with a port that a server can have. */
export function isAddress(text: string): boolean {
  const [, port] = /^(?:[^\s:/]+|\[[0-9a-f:.]+\]):(\d{1,5})$/i.exec(text) ?? [];
  return port !== undefined && Number(port) > 0 && Number(port) <= 65_535;
}
