import type { Person } from '../../src/core/ports/people.ts';
import type { MeetingHead, SpeakerTally } from '../../src/core/record.ts';
import type { FinalSegment, PartialSegment, TranslationSegment } from '../../src/core/segment.ts';

export function makeFinal(parts: Partial<FinalSegment> = {}): FinalSegment {
  return {
    kind: 'final',
    utteranceId: 'u1',
    speakerId: '100',
    startMs: 1_000,
    endMs: 2_000,
    text: 'Hello everyone',
    language: 'en',
    confirmed: true,
    ...parts,
  };
}

export function makePartial(parts: Partial<PartialSegment> = {}): PartialSegment {
  return {
    kind: 'partial',
    utteranceId: 'u1',
    speakerId: '100',
    startMs: 1_000,
    endMs: 1_500,
    text: 'Hello',
    language: 'en',
    ...parts,
  };
}

export function makeTranslation(parts: Partial<TranslationSegment> = {}): TranslationSegment {
  return {
    kind: 'translation',
    utteranceId: 'u1',
    speakerId: '100',
    startMs: 1_000,
    endMs: 2_000,
    text: 'Hola a todos',
    language: 'es',
    ...parts,
  };
}

export function makePerson(parts: Partial<Person> = {}): Person {
  return { id: '100', displayName: 'Ana', isBot: false, ...parts };
}

export function makeTally(parts: Partial<SpeakerTally> = {}): SpeakerTally {
  return {
    speakerId: '100',
    heardMs: 4_000,
    concealedFrames: 3,
    undecryptable: 2,
    corrupt: 1,
    sentMs: 3_500,
    silenceMs: 500,
    sockets: 2,
    reconnects: 1,
    forcedFinals: 1,
    ...parts,
  };
}

export function makeHead(parts: Partial<MeetingHead> = {}): MeetingHead {
  return {
    id: 'm1',
    guildId: '1',
    title: 'Weekly',
    voiceChannelId: '10',
    voiceChannelName: 'Weekly',
    textChannelId: '20',
    startedBy: '100',
    beganAt: new Date('2026-11-23T10:00:00Z'),
    ...parts,
  };
}
