import type { MeetingStatus, SpeakerStatus } from '../../src/core/ports/live-meetings.ts';
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

/** A meeting that has run for a minute. */
export function makeStatus(speakers: readonly SpeakerStatus[], parts: Partial<MeetingStatus> = {}): MeetingStatus {
  return {
    head: makeHead(),
    phase: 'running',
    elapsedMs: 60_000,
    options: { language: 'auto', translateTo: [] },
    speakers,
    figures: { sentMs: 0, lostMs: 0 },
    ...parts,
  };
}

/** Somebody in that meeting whose voice was heard some time ago. */
export function makeSpeaker(agoMs: number, parts: Partial<SpeakerStatus> = {}): SpeakerStatus {
  return {
    person: makePerson(),
    consent: 'heard',
    reception: {
      ...{ packets: 1, concealedFrames: 0, undecryptable: 0, corrupt: 0, lastHeardMs: 60_000 - agoMs },
      encryption: 'end-to-end',
    },
    stt: { state: 'live', sentMs: 9_000, silenceMs: 0, sockets: 1, reconnects: 0, forcedFinals: 0 },
    ...parts,
  };
}
