import { createHmac } from 'node:crypto';

/**
 * The proof that a delivery is genuine and fresh: `t=1795428000,v1=…`, the HMAC-SHA256 in hexadecimal of the time, a
 * dot and the body, under the webhook's secret. Receivers refuse times that are minutes old, so nobody can replay a
 * delivery.
 */
export function signatureOf(body: string, secret: string, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1_000);
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}
