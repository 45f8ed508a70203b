import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { makeTranslation } from '../support/make.ts';
import { club } from './support/club.ts';

interface Operation {
  readonly operationId: string;
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly schema: object }[];
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: object }>> }>
  >;
}

interface Document {
  readonly openapi: string;
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, { readonly get: Operation }>>;
  readonly components: { readonly schemas: { readonly Problem: object } };
}

/** The document as programs get it, and how its schemas judge. */
async function documented() {
  const place = await club();
  const answer = await fetch(`${place.origin}/api/v1/openapi.json`);
  const document = (await answer.json()) as Document;
  const ajv = new Ajv2020({ strict: true, allErrors: true });
  addFormats.default(ajv);
  ajv.addKeyword('components');
  const errorsOf = (schema: object, data: unknown) => {
    const judge = ajv.compile({ ...schema, components: document.components }); // to which it may refer
    return judge(data) ? [] : judge.errors;
  };
  return { ...place, answer, document, ajv, errorsOf };
}

const filled = (path: string, values: Readonly<Record<string, string>>) =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? 'x');

describe('the OpenAPI document', () => {
  it('needs no key, says where the API is, and is kept until it changes', async () => {
    const { answer, document, origin } = await documented();
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/json']);
    expect([document.openapi, document.servers]).toEqual(['3.1.0', [{ url: `${origin}/api/v1` }]]);
    const again = await fetch(answer.url, { headers: { 'if-none-match': answer.headers.get('etag') ?? '' } });
    expect(again.status).toBe(304);
  });

  it('has every address that answers, and no other', async () => {
    const { document, pages, program, ana, meeting, channel } = await documented();
    const { id } = await meeting(channel('general'), 'Weekly');
    const served = pages.app.routes.flatMap(({ method, path }) =>
      method === 'GET' && path.startsWith('/api/v1/') ? [path.slice('/api/v1'.length)] : [],
    );
    const asDocumented = (path: string) =>
      path.replace(/:file\{export.*\}$/, 'export.{format}').replaceAll(/:(\w+)/g, '{$1}');
    expect([...new Set(served.map(asDocumented))].toSorted()).toEqual(
      [...Object.keys(document.paths), '/openapi.json'].toSorted(),
    );
    const { ask } = await program(ana);
    for (const path of Object.keys(document.paths)) {
      const query = path === '/search' ? '?q=words' : '';
      const { status } = await ask(`/api/v1${filled(path, { id, format: 'txt' })}${query}`);
      expect([path, status]).toEqual([path, 200]);
    }
  });

  it('declares each parameter that is taken, and none that is not', async () => {
    const { document, program, ana, meeting, channel } = await documented();
    const { id } = await meeting(channel('general'), 'Weekly');
    const { ask } = await program(ana);
    const good: Record<string, string> = {
      ...{ limit: '1', cursor: '1-a', guild: '1', since: '2026-11-23', language: 'en', speaker: '1', meeting: 'a' },
      q: 'words',
    };
    for (const [path, { get }] of Object.entries(document.paths)) {
      const names = get.parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name);
      const inPath = get.parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
      expect(inPath).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
      const query = new URLSearchParams(Object.fromEntries(names.map((name) => [name, good[name] ?? '?'])));
      const address = `/api/v1${filled(path, { id, format: 'md' })}`;
      expect([path, (await ask(`${address}?${query}`)).status]).toEqual([path, 200]);
      for (const name of Object.keys(good).filter((other) => !names.includes(other)))
        expect([path, name, (await ask(`${address}?q=words&${name}=1`)).status]).toEqual([path, name, 400]);
    }
  });

  it('describes real answers, problems among them', async () => {
    const { document, errorsOf, program, ana, guild, journal, settings, origin, meeting, channel } = await documented();
    const { id } = await meeting(channel('general'), 'Weekly');
    await journal.of(id).write(makeTranslation({ utteranceId: 'u1', language: 'es', text: 'Palabras' }));
    await journal.of(id).posted({ utteranceId: 'u1', channelId: '7', messageId: '8' });
    await meeting(channel('general'), 'Running', { isRunning: true });
    const { ask } = await program(ana);
    let judged = 0;
    const hold = async (path: string, rest: string, answer: Response) => {
      const type = (answer.headers.get('content-type') ?? '').replace(/;.*/, '');
      const schema = document.paths[path]?.get.responses[`${answer.status}`]?.content?.[type]?.schema;
      if (!schema) throw new Error(`Nothing describes ${path}${rest}: ${answer.status}, ${type}`);
      const body = await answer.text();
      const errors = errorsOf(schema, /json$/.test(type) ? JSON.parse(body) : body);
      expect([path, rest, errors]).toEqual([path, rest, []]);
      judged += 1;
    };
    const values = (format = '') => ({ id, format });
    const listed = Object.keys(document.paths);
    for (const rest of ['', '?limit=1', '?since=2030-01-01'])
      await hold('/meetings', rest, await ask(`/api/v1/meetings${rest}`));
    for (const rest of ['?q=words', '?q=palabras', '?q=nothing&limit=1'])
      await hold('/search', rest, await ask(`/api/v1/search${rest}`));
    for (const rest of ['', '?language=es'])
      await hold('/meetings/{id}', rest, await ask(`/api/v1${filled('/meetings/{id}', values())}${rest}`));
    const file = '/meetings/{id}/export.{format}';
    for (const format of ['md', 'txt', 'vtt', 'srt', 'json', 'docx', 'pdf'])
      await hold(file, format, await ask(`/api/v1${filled(file, values(format))}`));
    for (const path of listed) {
      const address = `/api/v1${filled(path, values('txt'))}`;
      await hold(path, '401', await fetch(`${origin}${address}`));
      await hold(path, '400', await ask(`${address}?unknown=1`));
    }
    await hold(file, '404', await ask('/api/v1/meetings/none/export.txt'));
    await settings.changeGuild(guild.id, { api: false });
    await hold('/meetings', '403', await ask('/api/v1/meetings'));
    for (let n = 0; n < 31; n++) {
      const answer = await ask('/api/v1/meetings');
      if (answer.status === 429) await hold('/meetings', '429', answer);
    }
    expect(judged).toBeGreaterThan(25);
  });

  it('has schemas that would notice', async () => {
    const { document, errorsOf } = await documented();
    const schema = document.paths['/meetings']?.get.responses['200']?.content?.['application/json']?.schema ?? {};
    expect(errorsOf(schema, { meetings: [{ id: 1 }], nextCursor: null })).not.toEqual([]);
    expect(errorsOf(schema, { meetings: [], nextCursor: null, more: 'later' })).toEqual([]); // new fields may come
    expect(errorsOf({ $ref: '#/components/schemas/Problem' }, { title: 'No' })).not.toEqual([]);
  });
});
