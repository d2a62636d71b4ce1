import { type KeyObject, sign } from 'node:crypto';

/** A self-signed X.509 certificate for a key of a test, in PEM: node:crypto reads certificates but makes none. */
export function selfSigned({ publicKey, privateKey }: { publicKey: KeyObject; privateKey: KeyObject }): string {
  const algorithm = der(0x30, Buffer.from('06092a864886f70d01010b0500', 'hex'));
  const name = der(
    0x30,
    der(0x31, der(0x30, Buffer.concat([Buffer.from('0603550403', 'hex'), der(0x0c, Buffer.from('sns'))]))),
  );
  const validity = der(
    0x30,
    Buffer.concat([der(0x17, Buffer.from('200101000000Z')), der(0x17, Buffer.from('490101000000Z'))]),
  );
  const tbs = der(
    0x30,
    Buffer.concat([
      der(0xa0, Buffer.from('020102', 'hex')),
      Buffer.from('020101', 'hex'),
      algorithm,
      name,
      validity,
      name,
      publicKey.export({ format: 'der', type: 'spki' }),
    ]),
  );
  const signature = der(0x03, Buffer.concat([Buffer.from([0]), sign('sha256', tbs, privateKey)]));
  const lines =
    der(0x30, Buffer.concat([tbs, algorithm, signature]))
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

/** Tag, length, content. */
function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
