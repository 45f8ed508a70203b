import { createHmac } from 'node:crypto';

/**
 * What proves that a delivery is ours and fresh: `t=1795428000,v1=…`, the HMAC-SHA256 in hexadecimal of the time, a dot and
 * the body, under the webhook's secret. A receiver refuses times that are minutes old, so nobody can play one again.
 */
export function signatureOf(body: string, secret: string, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1_000);
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}
