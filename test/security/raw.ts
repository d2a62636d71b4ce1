import { connect } from 'node:net';

/** Sends bytes as they are, and resolves with all that came back until the server closes. */
export function raw(port: number, text: string | Uint8Array): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.setEncoding('utf8').on('error', (error: NodeJS.ErrnoException) => {
      // Cut off by the server, which is an answer too.
      if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') reject(error);
    });
    socket.on('data', (chunk: string) => {
      answer += chunk;
    });
    socket.on('close', () => resolve(answer));
  });
}

/** A request as text, with `connection: close`. */
export function requestText(
  method: string,
  target: string,
  headers: { [name: string]: string } | readonly (readonly [string, string])[] = {},
  body = '',
): string {
  const lines = (Array.isArray(headers) ? headers : Object.entries(headers)).map(
    ([name, value]) => `${name}: ${value}`,
  );
  if (!lines.some((line) => /^host:/i.test(line))) lines.unshift('host: c.shop.example');
  if (body && !lines.some((line) => /^(content-length|transfer-encoding):/i.test(line))) {
    lines.push(`content-length: ${Buffer.byteLength(body)}`);
  }
  return `${method} ${target} HTTP/1.1\r\n${lines.join('\r\n')}\r\nconnection: close\r\n\r\n${body}`;
}

/** Status, header names in lower case, and body of the answer. */
export function readAnswer(text: string): { status: number; headers: Map<string, string>; body: string } {
  const [head = '', ...body] = text.split('\r\n\r\n');
  const [first = '', ...lines] = head.split('\r\n');
  const headers = new Map(
    lines.map((line): [string, string] => [
      line.slice(0, line.indexOf(':')).toLowerCase(),
      line.slice(line.indexOf(':') + 1).trim(),
    ]),
  );
  return { status: Number(first.split(' ')[1]), headers, body: body.join('\r\n\r\n') };
}
