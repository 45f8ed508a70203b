import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { generate } from 'selfsigned';

/** A certificate for 127.0.0.1 and localhost, made at run time: no key is ever kept in the repository. */
export interface Certificate extends AsyncDisposable {
  readonly key: string; // PEM
  readonly cert: string; // PEM
  readonly caFile: string; // of the certificate: a child process trusts it through NODE_EXTRA_CA_CERTS
  /** Makes this process trust the certificate, besides all it trusts already. */
  trust(): void;
}

/** Makes a certificate. Dispose it to remove its file. */
export async function makeCertificate(): Promise<Certificate> {
  // Trusted certificates are looked up by name: two of the same name would hide one another.
  const made = await generate([{ name: 'commonName', value: `parley simulator ${randomUUID()}` }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  const folder = await mkdtemp(join(tmpdir(), 'parley-voice-'));
  const caFile = join(folder, 'ca.pem');
  await writeFile(caFile, made.cert);
  let isTrusted = false;
  return {
    key: made.private,
    cert: made.cert,
    caFile,
    trust: () => {
      if (!isTrusted) tls.setDefaultCACertificates([...tls.getCACertificates('default'), made.cert]);
      isTrusted = true;
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
