import { type Answer, ok, type Request, type Route, route } from '../rest/route.ts';

/** OAuth2 has answers of its own for what it refuses. */
function refused(status: 400 | 401, error: string, description: string): Answer {
  return { status, json: { error, error_description: description } };
}

/** The form, if the application proved who it is: in the header, or with its secret in the form. */
function formOf({ world: { application, violations }, body, authorization = '' }: Request): URLSearchParams | Answer {
  const { form } = body;
  if (form === undefined) return refused(400, 'invalid_request', 'The content type must be a form');
  const [id = '', secret = ''] = authorization.startsWith('Basic ')
    ? Buffer.from(authorization.slice('Basic '.length), 'base64').toString().split(':').map(decodeURIComponent)
    : [form.get('client_id') ?? '', form.get('client_secret') ?? ''];
  if (id === application.id && secret === application.clientSecret) return form;
  violations.push('A request with a wrong client secret');
  return refused(401, 'invalid_client', 'Client authentication failed');
}

function token(request: Request): Answer {
  const form = formOf(request);
  if (!(form instanceof URLSearchParams)) return form;
  if (form.get('grant_type') !== 'authorization_code') return refused(400, 'unsupported_grant_type', 'Not this one');
  const grant = request.world.application.grants.redeem(form.get('code') ?? '', {
    redirectUri: form.get('redirect_uri') ?? '',
    verifier: form.get('code_verifier') ?? undefined,
  });
  if (typeof grant === 'string') return refused(400, 'invalid_grant', `Invalid "${grant}" in request.`);
  return ok({
    token_type: 'Bearer',
    access_token: grant.accessToken,
    expires_in: grant.expiresInS,
    refresh_token: grant.refreshToken,
    scope: grant.scopes.join(' '),
  });
}

function revoke(request: Request): Answer {
  const form = formOf(request);
  if (!(form instanceof URLSearchParams)) return form;
  request.world.application.grants.revoke(form.get('token') ?? '');
  return ok({});
}

/** These belong to nobody's token, so no token's limit counts them. */
const byClient = { auth: 'client', limit: 'none' } as const;

export const oauth2Routes: readonly Route[] = [
  route('POST', '/oauth2/token', token, byClient),
  route('POST', '/oauth2/token/revoke', revoke, byClient),
];
