import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request that a destination took. */
export interface Taken {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A real HTTP server that stands for a destination; `status` decides what it answers. */
export interface FakeDestination {
  url: string;
  taken: Taken[];
  /** Asked anew for each request; 0 breaks the connection. */
  status: (body: string) => number;
  retryAfter?: string;
  /** Requests of any outcome. */
  asked: number;
  /** The message ids of all events taken as `{ events: [ … ] }`, repeats included. */
  ids(): string[];
  close(): Promise<void>;
}

export async function startDestination(): Promise<FakeDestination> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    destination.asked += 1;
    const status = destination.status(body);
    if (status === 0) return void request.socket.destroy();
    if (status < 300) destination.taken.push({ path: request.url ?? '', headers: request.headers, body });
    response.writeHead(status, destination.retryAfter ? { 'retry-after': destination.retryAfter } : {});
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const destination: FakeDestination = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken: [],
    status: () => 204,
    asked: 0,
    ids: () =>
      destination.taken.flatMap(({ body }) =>
        JSON.parse(body).events.map(({ messageId }: { messageId: string }) => messageId),
      ),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return destination;
}
