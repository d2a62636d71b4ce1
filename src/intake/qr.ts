/** The forms a QR code can have. */
export type QrFormat = 'svg' | 'png';

/**
 * The QR code of a text: SVG for print, PNG (8 pixels a module) for everything else. Level M survives a scratch or a fold
 * (15 %). Rejects when the text is too long for a code (2,331 bytes).
 */
export async function qrCode(text: string, format: QrFormat): Promise<Uint8Array> {
  // Most receivers never draw one.
  const { toBuffer, toString: toText } = await import('qrcode');
  if (format === 'png') return toBuffer(text, { type: 'png', errorCorrectionLevel: 'M', scale: 8 });
  return new TextEncoder().encode(await toText(text, { type: 'svg', errorCorrectionLevel: 'M' }));
}
