import { writeFile } from 'node:fs/promises';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type LinkRequest, qrCode } from '../../intake/index.js';
import { DAY_MS } from '../../protocol/time.js';
import { sayFileError } from '../file-error.js';
import { ask, type ServerAccess } from './ask.js';
import { failure, type Output, serverCommand } from './options.js';

interface LinkOptions extends ServerAccess {
  source?: string;
  medium?: string;
  campaign?: string;
  term?: string;
  content?: string;
  campaignId?: string;
  id?: string;
  expires?: string;
  userId?: string;
  email?: string;
  phone?: string;
  loyaltyId?: string;
  open?: boolean;
  qr?: string;
}

interface Made {
  link?: string;
  image?: string;
  /** It carries a recipient. */
  named?: boolean;
}

const EXAMPLES = `
Examples:
  $ filrouge link https://shop.example/winter --source flyer --medium qr --campaign winter --qr flyer.svg
  $ filrouge link https://shop.example/ --source letter-12 --medium email --campaign weekly --email ann@example.com
  $ filrouge link --open --id letter-12 --source letter --medium email --campaign weekly

Prints a signed link of the running server: it records "Link Clicked" and leads to the address, with the campaign as utm_*
parameters, and to no other address. Addresses and numbers of recipients are hashed before they are signed. With --open: the
address of the picture that tells of an opened e-mail.`;

/** Adds `filrouge link`. */
export function addLink(program: Command, output: Output): void {
  serverCommand(program, 'link', 'make a signed link, its QR code, or the picture that tells of an opened e-mail')
    .argument('[target]', 'where the link leads')
    .option('--source <name>', 'utm_source, e.g. flyer')
    .option('--medium <name>', 'utm_medium, e.g. qr, email, sms')
    .option('--campaign <name>', 'utm_campaign')
    .option('--term <words>', 'utm_term')
    .option('--content <name>', 'utm_content')
    .option('--campaign-id <id>', 'utm_id')
    .option('--id <id>', 'name of the link, or of the e-mail, in reports')
    .addOption(
      new Option('--expires <when>', 'ISO 8601 date, or days, e.g. 90d (default: never)').argParser(parseExpiry),
    )
    .option('--user-id <id>', 'the recipient, as the site identifies them')
    .option('--email <address>', 'the recipient; only a hash of it is signed')
    .option('--phone <number>', 'the recipient, with country code; only a hash of it is signed')
    .option('--loyalty-id <id>', 'the recipient')
    .option('--open', 'make the picture that tells of an opened e-mail')
    .option('--qr <file>', 'write the QR code of the link to a .svg or .png file', checkQrFile)
    .addHelpText('after', EXAMPLES)
    .action(async (target: string | undefined, options: LinkOptions) => {
      if ((target === undefined) !== (options.open === true)) {
        throw failure('Give the address that the link leads to, or --open and no address.', 2);
      }
      if (options.open && options.qr) throw failure('A picture has no QR code: leave out --qr or --open.', 2);
      const made = await ask(options, '/v1/links', 'POST', JSON.stringify(requestOf(target, options)));
      const { link, image, named } = (await made.json()) as Made;
      if (named === false && [options.userId, options.email, options.phone, options.loyaltyId].some(Boolean)) {
        throw failure(
          'This recipient names nobody: an address is like ann@example.com, a number has its country code.',
          2,
        );
      }
      if (options.qr && link) await writeQr(link, options.qr);
      output.out(`${link ?? image}\n`);
    });
}

async function writeQr(link: string, file: string): Promise<void> {
  const image = await qrCode(link, file.endsWith('.png') ? 'png' : 'svg');
  await writeFile(file, image).catch((error: unknown) => {
    throw failure(`${file} could not be written: ${sayFileError(error)}`);
  });
}

function requestOf(target: string | undefined, options: LinkOptions): LinkRequest {
  const { source, medium, campaign, term, content, campaignId, id, expires } = options;
  const { userId, email, phone, loyaltyId, open } = options;
  const recipient = { userId, email, phone, loyaltyId };
  return {
    campaign: { ...defined({ source, medium, name: campaign, term, content, id: campaignId }) },
    ...(target !== undefined && { url: target }),
    ...(id !== undefined && { id }),
    ...(expires !== undefined && { expires }),
    ...(open && { type: 'open' }),
    ...(Object.keys(defined(recipient)).length && { recipient }),
  };
}

function defined(values: { [key: string]: string | undefined }): { [key: string]: string | undefined } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

function parseExpiry(value: string): string {
  const [, days] = /^(\d{1,5})d$/.exec(value) ?? [];
  const at = days === undefined ? Date.parse(value) : Date.now() + Number(days) * DAY_MS;
  if (Number.isNaN(at)) throw new InvalidArgumentError('It must be a date, e.g. 2027-01-31, or days, e.g. 90d.');
  if (at <= Date.now()) throw new InvalidArgumentError('It must lie in the future: nobody could follow the link.');
  return new Date(at).toISOString();
}

function checkQrFile(value: string): string {
  if (!/\.(svg|png)$/.test(value)) throw new InvalidArgumentError('The name must end in .svg or .png.');
  return value;
}
