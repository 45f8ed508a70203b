/**
 * `npm run mutants`: changes the code in one place at a time (a comparison turned, a sum negated, a statement dropped), and
 * looks whether a test notices.
 *
 * Listed is what decides by values alone: no socket, no Discord, no database and no meeting in real time, so that its tests run in
 * milliseconds. What acts upon the decisions is tested by meetings, some seconds each: with it this would take hours.
 * `vitest.mutants.config.ts` lists the tests.
 */
export default {
  mutate: [
    'src/core/{attended-part,latest}.ts',
    'src/core/text/*.ts',
    'src/core/time/*.ts',
    'src/core/concurrency/{bell,cool-downs,fair-places,inbox,together}.ts',
    'src/core/meeting/succession/aftermath.ts',
    'src/core/meeting/{audience,figures,phases,publisher,roster,rules}.ts',
    'src/core/meeting/hearing/{deafness,ledger,outage,watchdog}.ts',
    'src/core/usage/usage.ts',
    'src/voice/{frame-queue,timeline}.ts',
    'src/voice/connection/{link,rate-limit}.ts',
    'src/voice/decoding/concealment.ts',
    'src/voice/packets/*.ts',
    'src/palabra/{ending,link,refused-languages,turn}.ts',
    'src/palabra/results/{gap-ledger,pending-speech,published-finals,segment-queue}.ts',
    'src/palabra/sockets/{audio-pace,time-map}.ts',
    'src/palabra/tape/{anchors,chunks,loudness,notes}.ts',
    'src/discord/formatting/{escape,split}.ts',
    'src/discord/messages/{once-allowed,pace}.ts',
    'src/discord/panel/edit-times.ts',
    'src/discord/transcript/outbox/{line,loop,next-message,pending,refusals}.ts',
    'src/minutes/digest/*.ts',
    'src/minutes/model/{passages,talk-spans,talk-time,times}.ts',
    'src/storage/journal/search/{folding,query,words}.ts',
    'src/summary/{objects-in,owners,read-draft}.ts',
    'src/web/browser/feed/{people,renewed}.ts',
    'src/web/browser/live/model/*.ts',
    'src/web/browser/overlay/last-lines.ts',
    'src/web/browser/search/find.ts',
    'src/web/connections.ts',
    'src/web/live/seats.ts',
    'src/webhook/public-address.ts',
  ],
  mutator: {
    // Another text is a text all the same: the test that noticed would only repeat it. Patterns have dozens of mutants each, most of which
    // are never met: tables of examples and `npm run fuzz` are their tests.
    excludedMutations: ['StringLiteral', 'Regex'],
  },
  // Tables and patterns are read once, when their module is loaded: each change of one would take a process of its own.
  ignoreStatic: true,
  testRunner: 'vitest',
  vitest: { configFile: 'vitest.mutants.config.ts', related: false },
  coverageAnalysis: 'perTest', // a change runs only the tests that come by there
  tsconfigFile: '', // TypeScript 7 has no interface for Stryker to read one with, and Node needs none
  reporters: ['clear-text', 'progress'],
  clearTextReporter: { logTests: false },
  timeoutMS: 1_500, // beyond what the tests of a change took: they wait for nothing
  concurrency: 2,
  tempDirName: '.stryker',
};
