export const errors = {
  keyRefused: 'Palabra refuse les identifiants.',
  balanceUsedUp: 'Le solde Palabra est épuisé.',
  badRequest: 'Palabra refuse ce qui lui est demandé.',
  limitReached: 'Palabra n’autorise pas plus de connexions à la fois.',
  connectionLost: 'La connexion à la reconnaissance vocale a été perdue.',
  serviceUnavailable: 'La reconnaissance vocale est injoignable.',
  joinTimeout: 'Le salon vocal n’a pas répondu à temps.',
  encryptionUnsupported: 'Le chiffrement de ce salon vocal n’est pas pris en charge.',
  voiceLost: 'Le salon vocal n’est plus audible.',
  noSuchChannel: 'Ce salon vocal n’existe pas.',
  deafened:
    'Un modérateur m’a mis en sourdine : je n’entends personne. Je reste une demi-minute dans le salon vocal pour que ce soit annulé là-bas.',
};
