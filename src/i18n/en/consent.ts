export const consent = {
  hearMe: 'Hear me',
  ask: 'Only people who say yes are heard in {voice}. Press the button, or use `/privacy opt-in`: your choice counts in this server until you take it back with `/privacy opt-out`.',
  greet:
    'Welcome, {names}: what is said in {voice} is transcribed here. Not you? `/privacy opt-out`, and you are not heard.',
  greetAsking:
    'Welcome, {names}: what is said in {voice} is transcribed here. {count, plural, one {You are} other {You are}} not heard until you press the button, or have said yes before.',
  more: '{count, plural, one {# more} other {# more}}',
  optedOut:
    'From now on I do not hear you in this server: what you say is dropped before it is decoded, and what you had said but was not final yet is dropped, too. `/privacy opt-in` takes it back; `/privacy forget-me` erases what you said before.',
  optedIn: 'From now on I hear you when a meeting in this server is transcribed. `/privacy opt-out` takes it back.',
  notAllowed: 'Voices are not transcribed in {voice}: this server allows it in {allowed}.',
  movedOut:
    'I was moved to a voice channel where this server does not allow transcription: the meeting ends here, the minutes follow.',
  autoStartFailed: 'A meeting should have begun here by itself, and could not. {problem}',
  doNotHearMe: 'Do not hear me',
  beside:
    '🔴 What is said in {voice} is transcribed, into a channel that not everybody here can see. Started by {starter}. Not you? Press the button, or use `/privacy opt-out`, and you are not heard.',
  besideAsking:
    '🔴 What is said in {voice} is transcribed, into a channel that not everybody here can see. Started by {starter}. Only people who say yes are heard: press the button, or use `/privacy opt-in`. Your choice counts in this server until you take it back with `/privacy opt-out`.',
  greetBeside:
    'Welcome, {names}: what is said in {voice} is transcribed, into a channel that you cannot see. Not you? Press the button, or use `/privacy opt-out`, and you are not heard.',
  greetAskingBeside:
    'Welcome, {names}: what is said in {voice} is transcribed, into a channel that you cannot see. {count, plural, one {You are} other {You are}} not heard until you press the button, or have said yes before.',
  movedAway:
    'I was moved to a voice channel that not everybody who reads here may join, or whose people cannot all read here. Nothing is written down there: the meeting ends here, the minutes follow. `/transcribe start` begins one there.',
};
