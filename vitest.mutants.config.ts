import { defineConfig } from 'vitest/config';

/** The tests of what `stryker.config.js` changes: they wait for nothing, and take milliseconds each. */
export default defineConfig({
  test: {
    include: [
      'test/core/{attended-part,latest}.test.ts',
      'test/core/{concurrency,text,time}/*.test.ts',
      'test/core/meeting/succession/aftermath.test.ts',
      'test/core/meeting/{audience,figures,phases,publisher,roster,rules}.test.ts',
      'test/core/meeting/hearing/*.test.ts',
      'test/core/usage/usage.test.ts',
      'test/voice/{frame-queue,timeline}.test.ts',
      'test/voice/connection/{link,rate-limit}.test.ts',
      'test/voice/decoding/concealment.test.ts',
      'test/voice/packets/*.test.ts',
      'test/palabra/{ending,link,refused-languages,turn}.test.ts',
      'test/palabra/results/{gap-ledger,pending-speech,published-finals,segment-queue,utterances}.test.ts',
      'test/palabra/sockets/{audio-pace,time-map}.test.ts',
      'test/palabra/tape/*.test.ts',
      'test/discord/formatting/*.test.ts',
      'test/discord/messages/{once-allowed,pace}.test.ts',
      'test/discord/panel/edit-times.test.ts',
      'test/discord/transcript/outbox/*.test.ts',
      'test/minutes/digest/*.test.ts',
      'test/minutes/model/{passages,talk-spans,talk-time,times}.test.ts',
      'test/storage/journal/search/{folding,query,words}.test.ts',
      'test/summary/{objects-in,owners,read-draft}.test.ts',
      'test/web/browser/feed/*.test.ts',
      'test/web/browser/live/model/*.test.ts',
      'test/web/browser/overlay/last-lines.test.ts',
      'test/web/browser/search/find.test.ts',
      'test/web/connections.test.ts',
      'test/web/live/seats.test.ts',
      'test/webhook/public-address.test.ts',
    ],
    testNamePattern: /^(?!.*computes for less than a second)/, // what is counted takes several times as long
    pool: 'threads',
    testTimeout: 20_000, // a machine that does other things, and counts what each test comes by
  },
});
