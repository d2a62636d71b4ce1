import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSecureContext, TLSSocket } from 'node:tls';

/** The TLS end before a collector, with a certificate that it signed itself. */
export interface TlsFront {
  url: string;
  /** While true, handshakes get an answer that is no TLS. */
  broken: boolean;
  close(): Promise<void>;
}

/** Starts one on a free port; what it decrypts goes to `port` of the loopback interface as it is. */
export async function startTlsFront(port: number): Promise<TlsFront> {
  const secureContext = createSecureContext(selfSigned());
  const sockets = new Set<Socket>();
  const server = createServer((raw) => {
    sockets.add(raw);
    raw.on('error', () => {}).once('close', () => sockets.delete(raw));
    if (front.broken) return void raw.end('HTTP/1.1 400 Bad Request\r\n\r\n');
    const open = new TLSSocket(raw, { isServer: true, secureContext });
    const behind = connect(port, '127.0.0.1');
    for (const [one, other] of [
      [open, behind],
      [behind, open],
    ] as const) {
      one.pipe(other);
      one.on('error', () => other.destroy()).once('close', () => other.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const front: TlsFront = {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    broken: false,
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return front;
}

/** Node can use certificates but not make them; OpenSSL's command can, and lies on every machine that builds. */
function selfSigned(): { key: Buffer; cert: Buffer } {
  const directory = mkdtempSync(join(tmpdir(), 'filrouge-tls-'));
  const [key, cert] = [join(directory, 'key.pem'), join(directory, 'cert.pem')];
  const what = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const who = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  try {
    execFileSync('openssl', ['req', '-x509', ...what, ...who, '-keyout', key, '-out', cert], { stdio: 'pipe' });
    return { key: readFileSync(key), cert: readFileSync(cert) };
  } finally {
    rmSync(directory, { recursive: true });
  }
}
