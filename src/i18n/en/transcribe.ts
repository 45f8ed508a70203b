export const transcribe = {
  nothingRuns: 'Nothing is being transcribed in this server. `/transcribe start` begins.',
  joinFirst: 'Join a voice channel first, or name one: `/transcribe start voice-channel:…`',
  noText: 'I cannot see a channel to write in: name one with `/transcribe start text-channel:…`',
  alreadyRunning:
    'I am already transcribing {voice} in this server (started {since} by {starter}, written in {text}). I can be in one voice channel of a server: `/transcribe stop` ends that meeting.',
  justStarted: 'Somebody else has just started a meeting here.',
  started: 'I am listening in {voice}. What is said appears in {text}.',
  pausedAlready: 'The meeting is paused already: `/transcribe resume` goes on.',
  toldPaused: '⏸️ {name} paused the transcript: nothing is heard until `/transcribe resume`.',
  paused: 'Paused: from now on nothing is heard or written. `/transcribe resume` goes on.',
  notPaused: 'The meeting is not paused: what is said is being written down.',
  toldResumed: '▶️ {name} resumed the transcript: what is said is written down again.',
  resumed: 'Resumed: what is said is written down again.',
  over: 'The meeting in {voice} is over: {contents}. The minutes are in {minutes}, and `/minutes latest` shows them.',
  nothingSaid: 'nothing was said that I could write down',
  contents: '{lines, plural, one {one line} other {# lines}} by {people, plural, one {one person} other {# people}}',
};
