export const errors = {
  keyRefused: 'Palabra refuses the credentials.',
  balanceUsedUp: 'The Palabra balance is used up.',
  badRequest: 'Palabra refuses what it was asked for.',
  limitReached: 'Palabra allows no more connections at once.',
  connectionLost: 'The connection to speech recognition was lost.',
  serviceUnavailable: 'Speech recognition cannot be reached.',
  joinTimeout: 'The voice channel did not answer in time.',
  encryptionUnsupported: 'The encryption of this voice channel is not supported.',
  voiceLost: 'The voice channel cannot be heard any more.',
  noSuchChannel: 'There is no such voice channel.',
  deafened:
    'A moderator has deafened me: I hear nobody. I stay in the voice channel for half a minute, so that it can be undone there.',
};
