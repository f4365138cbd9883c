import {once} from 'node:events';
import {readFile} from 'node:fs/promises';
import {type AddressInfo, connect, createServer, type Server, type Socket} from 'node:net';
import {join} from 'node:path';
import {createServer as createTlsServer} from 'node:tls';

/** Stands before a Temporal server, takes TLS and plain text alike, and tells which of them came. */
export interface TlsFront {
  /** `127.0.0.1:port`. */
  readonly address: string;
  /** What the connections since the last look began with: `tls` (0x16, a handshake record), `plain` (P of HTTP/2's preface), or the byte. */
  began(): string[];
  close(): Promise<void>;
}

/**
 * Starts a front.
 *
 * @param target the server behind it, without TLS
 * @param folder where `makeCertificates` left its files
 * @param certificate which of them the front shows
 * @param mutual whether it wants a client certificate of `authority`
 * @param onlyTls whether plain text meets TLS, too
 */
export async function startTlsFront(
  target: string,
  folder: string,
  {certificate = 'server', mutual = false, onlyTls = false} = {},
): Promise<TlsFront> {
  const [cert, key, ca] = await Promise.all(
    [`${certificate}.pem`, `${certificate}.key`, 'authority.pem'].map((name) => readFile(join(folder, name))),
  );
  const began: string[] = [];
  const sockets = new Set<Socket>();
  const decrypting = createTlsServer(
    {cert, key, ca, ALPNProtocols: ['h2'], requestCert: mutual, rejectUnauthorized: mutual},
    (socket) => relay(socket, sockets, target),
  );
  decrypting.on('tlsClientError', () => undefined);
  const inside = await listen(decrypting);
  const front = createServer((socket) => {
    hold(socket, sockets);
    socket.once('data', (bytes: Buffer) => {
      socket.pause();
      socket.unshift(bytes);
      const isTls = bytes[0] === 0x16;
      began.push(isTls ? 'tls' : bytes[0] === 0x50 ? 'plain' : String(bytes[0]));
      relay(socket, sockets, isTls || onlyTls ? inside : target);
    });
  });
  return {
    address: await listen(front),
    began: () => began.splice(0),
    async close() {
      for (const socket of sockets) socket.destroy();
      await Promise.all([front, decrypting].map((server) => once(server.close(), 'close')));
    },
  };
}

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function hold(socket: Socket, sockets: Set<Socket>): void {
  sockets.add(socket);
  socket.on('error', () => socket.destroy());
  socket.once('close', () => sockets.delete(socket));
}

function relay(socket: Socket, sockets: Set<Socket>, address: string): void {
  const [host = '', port] = address.split(':');
  const other = connect(Number(port), host);
  for (const end of [socket, other]) hold(end, sockets);
  socket.once('close', () => other.destroy());
  other.once('close', () => socket.destroy());
  socket.pipe(other).pipe(socket);
}
