import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';

/** Sets headers on every answer, so that no page is framed, type-sniffed, or loads anything from elsewhere. */
export const secured: MiddlewareHandler = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'"],
    connectSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
  referrerPolicy: 'no-referrer', // an address may hold a key
  xFrameOptions: 'DENY',
  strictTransportSecurity: 'max-age=15552000', // for this host only: other hosts of the operator must not be bound
});

/** Pages can only be read: any other method is refused before its body is read. None is kept by browsers unless it says so. */
export const onlyRead: MiddlewareHandler = async (context, next) => {
  const { method } = context.req;
  if (method !== 'GET' && method !== 'HEAD') return context.body(null, 405, { Allow: 'GET, HEAD' });
  await next();
  if (!context.res.headers.has('Cache-Control')) context.header('Cache-Control', 'no-store');
  context.header('X-Robots-Tag', 'noindex');
  return undefined;
};
