import type { Stop } from '../stop.ts';
import { badCorrections } from './corrections.ts';
import { manyDocuments } from './documents.ts';
import { absurdHeaders, manyParts } from './files.ts';
import { everybodysPlaces, halfRequests, headFlood, linkLife, readingOn } from './pages.ts';
import { fileModes, forgetMeRead, hiddenAnnouncement, obedientModel } from './people.ts';
import { malignQuestions } from './questions.ts';
import { lockedVoice, outsidersChoose, privateThread, statusOutside, webhookByKeeper } from './rights.ts';
import { badGateway, floodOfSound } from './voice.ts';
import { badGlossary } from './words.ts';

/** The attacks in the order of docs/security.md. */
export const STOPS: readonly Stop[] = [
  absurdHeaders,
  manyParts,
  badGlossary,
  badGateway,
  manyDocuments,
  floodOfSound,
  outsidersChoose,
  privateThread,
  lockedVoice,
  statusOutside,
  webhookByKeeper,
  hiddenAnnouncement,
  forgetMeRead,
  fileModes,
  obedientModel,
  headFlood,
  readingOn,
  everybodysPlaces,
  halfRequests,
  linkLife,
  malignQuestions,
  badCorrections,
];
