import { createVerify, X509Certificate } from 'node:crypto';
import { type Loose, objectOf, textOf } from './values.js';

/** Gets the certificate (PEM) of an address that was checked before. */
export type GetCertificate = (url: string) => Promise<string>;

/** Names of regions only (`eu-west-3`, `us-gov-east-1`): `sns.s3-us-west-2.amazonaws.com` would be somebody's bucket. */
const HOST = /^sns\.[a-z]{2}(-[a-z]{1,12}){1,2}-\d\.amazonaws\.com(\.cn)?$/;
/** A certificate is some 2 KB, and there are few. */
const MOST_CERTIFICATES = 20;
const TIMEOUT_MS = 5000;

/** True for an https address of Amazon's notification service: nothing else may be fetched on a message's word. */
export function isAmazonAddress(text: unknown): text is string {
  const url = textOf(text);
  if (url === undefined || !URL.canParse(url)) return false;
  const { protocol, host } = new URL(url);
  return protocol === 'https:' && HOST.test(host);
}

/**
 * The check of signatures of Amazon SNS, versions 1 (SHA-1) and 2 (SHA-256), over the fields that its documentation names.
 * Certificates are fetched from Amazon's hosts only, and kept.
 */
export function snsVerifier(
  getCertificate: GetCertificate = fetchCertificate,
): (message: Loose) => Promise<string | undefined> {
  const known = new Map<string, Promise<string>>();
  return async (message) => {
    const { SigningCertURL: address, Signature, SignatureVersion } = message;
    if (!isAmazonAddress(address) || !new URL(address).pathname.endsWith('.pem')) {
      return 'SigningCertURL is not an address of Amazon SNS';
    }
    const version = textOf(SignatureVersion);
    if (version !== '1' && version !== '2') return 'SignatureVersion must be 1 or 2';
    try {
      const fetched = known.get(address) ?? getCertificate(address);
      if (known.size >= MOST_CERTIFICATES) known.clear();
      known.set(address, fetched);
      return isGenuine(message, await fetched, version, textOf(Signature) ?? '')
        ? undefined
        : 'the field "Signature" does not match';
    } catch {
      known.delete(address);
      return 'there is no certificate at SigningCertURL';
    }
  };
}

function isGenuine(message: Loose, pem: string, version: '1' | '2', signature: string): boolean {
  const verifier = createVerify(version === '1' ? 'RSA-SHA1' : 'RSA-SHA256').update(signedText(message));
  return verifier.verify(new X509Certificate(pem).publicKey, signature, 'base64');
}

/** The signed fields of a notification, and of the requests to confirm a subscription or its end. */
const NOTIFICATION = ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'];
const CONFIRMATION = ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'];

/** https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html */
function signedText(message: Loose): string {
  const fields = message.Type === 'Notification' ? NOTIFICATION : CONFIRMATION;
  return fields
    .filter((name) => typeof message[name] === 'string')
    .map((name) => `${name}\n${message[name]}\n`)
    .join('');
}

async function fetchCertificate(url: string): Promise<string> {
  const answer = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!answer.ok) throw new Error(`The certificate was answered with ${answer.status}.`);
  return answer.text();
}

/** The message of a body. Throws `SyntaxError`. */
export function snsMessage(body: string): Loose {
  return objectOf(JSON.parse(body));
}
