import {createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';

/** What the server answers with. */
export interface WireResponse {
  status?: number;
  headers?: Record<string, string>;
  body?: string;
  /** After the body: a proper end, a connection torn down, or an open connection with nothing more on it. */
  ending?: 'end' | 'destroy' | 'hang';
}

/** A request as it arrived, its body parsed. */
export interface WireRequest {
  path: string;
  headers: IncomingHttpHeaders;
  body: Record<string, unknown>;
  /** Settles when the client has gone before the answer was complete. */
  abandoned: Promise<void>;
}

/** A local HTTP server that stands for a provider. */
export interface WireServer {
  origin: string;
  requests: WireRequest[];
  close(): Promise<void>;
}

/** Bytes of a piece: few, so that events and characters arrive in pieces; more where there would be too many. */
function pieceSizeOf(bytes: Buffer): number {
  return Math.max(7, Math.ceil(bytes.length / 2000));
}

/** Starts a server on a free port of loopback; `respond` is asked for each request. */
export async function startWireServer(respond: (request: WireRequest) => WireResponse): Promise<WireServer> {
  const requests: WireRequest[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const request = await readRequest(incoming, outgoing);
    requests.push(request);
    await send(outgoing, respond(request));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const {port} = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    requests,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function readRequest(incoming: IncomingMessage, outgoing: ServerResponse): Promise<WireRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const abandoned = new Promise<void>((resolve) => {
    outgoing.once('close', () => {
      if (!outgoing.writableFinished) resolve();
    });
  });
  const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Record<string, unknown>;
  return {path: incoming.url ?? '', headers: incoming.headers, body, abandoned};
}

async function send(outgoing: ServerResponse, response: WireResponse): Promise<void> {
  const {status = 200, headers = {}, body = '', ending = 'end'} = response;
  outgoing.writeHead(status, headers);
  outgoing.flushHeaders();
  const bytes = Buffer.from(body);
  const pieceSize = pieceSizeOf(bytes);
  for (let at = 0; at < bytes.length; at += pieceSize) {
    await new Promise((resolve) => outgoing.write(bytes.subarray(at, at + pieceSize), resolve));
  }
  if (ending === 'end') outgoing.end();
  if (ending === 'destroy') outgoing.destroy();
}
