import {
  ElsewhereError,
  type ElsewhereErrorCode,
  SttError,
  type SttErrorCode,
  VoiceError,
  type VoiceErrorCode,
} from '../../core/errors.ts';
import type { PhraseKey } from '../../i18n/phrases.ts';
import type { Words } from '../../i18n/words.ts';

const STT: Readonly<Record<SttErrorCode, PhraseKey>> = {
  'key-refused': 'errors.keyRefused',
  'balance-used-up': 'errors.balanceUsedUp',
  'bad-request': 'errors.badRequest',
  'limit-reached': 'errors.limitReached',
  'connection-lost': 'errors.connectionLost',
  'service-unavailable': 'errors.serviceUnavailable',
};

const VOICE: Readonly<Record<VoiceErrorCode, PhraseKey>> = {
  'join-timeout': 'errors.joinTimeout',
  'encryption-unsupported': 'errors.encryptionUnsupported',
  'connection-lost': 'errors.voiceLost',
  'no-such-channel': 'errors.noSuchChannel',
  deafened: 'errors.deafened',
};

const ELSEWHERE: Readonly<Record<ElsewhereErrorCode, PhraseKey>> = {
  moving: 'errors.moving',
  'not-applied': 'errors.notApplied',
  'not-erased': 'errors.notErased',
  'not-shown': 'errors.notShown',
};

/**
 * Tells people what an error means: a sentence with its full stop, not yet escaped.
 *
 * The errors' own messages are in English and say more (a status, the recogniser's list of languages). In other
 * languages they follow in brackets.
 */
export function errorText(error: Error, words: Words): string {
  if (error instanceof ElsewhereError) return words.t(ELSEWHERE[error.code]); // its own message says no more
  const key = error instanceof SttError ? STT[error.code] : error instanceof VoiceError ? VOICE[error.code] : undefined;
  if (key === undefined || words.locale === 'en-US') return sentence(error.message);
  return `${words.t(key)} (${error.message.replace(/\.$/, '')})`;
}

function sentence(text: string): string {
  return /[.!?…)]$/.test(text) ? text : `${text}.`;
}
