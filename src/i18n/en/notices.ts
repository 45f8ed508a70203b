export const notices = {
  moved: 'I was moved to {channel} and go on there.',
  back: 'I was away and am back: what was said in the last {seconds} s may be missing here.',
  restarting: 'I am being restarted and come back in a moment: until then nobody is heard.',
  nothingHeard:
    'I cannot hear the voice channel at the moment; I keep trying. If it lasts, `/transcribe stop` and `/transcribe start` connect me anew.',
  deafened:
    'A moderator has deafened me: I hear nobody until they undo it (right-click me in the voice channel, Server Deafen).',
  hearsAgain: 'I can hear again: what was said in the last {seconds} s is missing here.',
  endsHere: 'The meeting ends here, the minutes follow.',
  meetingFailed: 'Something went wrong on my side: the meeting ends here, the minutes follow.',
  noText: '{name} speaks, but no text has come for 15 s: {because}',
  takingTurns: 'more people speak than the recogniser takes at once; their words come later.',
  outOfReach: 'the recogniser cannot be reached; I keep what is said and try on.',
  mute: 'the recogniser does not answer.',
  targetsLeftOut: 'The recogniser does not translate into {languages}; everything else goes on.',
  spokenLeftOut:
    'The recogniser does not take {language} as what is spoken; it finds the language out by itself instead.',
  unreadable:
    '{name} speaks, but I cannot decrypt what comes from them. If it lasts, leaving the voice channel and joining it again gives them new keys.',
  tooQuiet:
    '{name} is heard, but too quietly for any word to become text. Their microphone has to be turned up, or come closer.',
  gap: '{seconds} s of what was said could not be transcribed: {reason}.',
  gapOf: '{seconds} s of what {name} said could not be transcribed: {reason}.',
  gapPaused: 'paused',
  gapRecogniser: 'recogniser unavailable',
  gapDecryption: 'audio not decrypted',
  gapVoice: 'voice connection lost',
  gapDeafened: 'a moderator had deafened me',
  gapRestarted: 'restarted',
  gapTooMuch: 'too much at once',
  journalFailed: 'I cannot write to my journal: the minutes of this meeting may be incomplete.',
  minutesFailed: 'The minutes could not be posted. Everything said is kept: `/minutes latest` shows them.',
};
