export const errors = {
  keyRefused: 'Palabra weist die Zugangsdaten zurück.',
  balanceUsedUp: 'Das Palabra-Guthaben ist aufgebraucht.',
  badRequest: 'Palabra lehnt ab, was verlangt wurde.',
  limitReached: 'Palabra erlaubt nicht mehr Verbindungen gleichzeitig.',
  connectionLost: 'Die Verbindung zur Spracherkennung ging verloren.',
  serviceUnavailable: 'Die Spracherkennung ist nicht zu erreichen.',
  joinTimeout: 'Der Sprachkanal hat nicht rechtzeitig geantwortet.',
  encryptionUnsupported: 'Die Verschlüsselung dieses Sprachkanals wird nicht unterstützt.',
  voiceLost: 'Der Sprachkanal ist nicht mehr zu hören.',
  noSuchChannel: 'Diesen Sprachkanal gibt es nicht.',
  deafened:
    'Ein Moderator hat mir den Ton abgestellt: Ich höre niemanden. Ich bleibe eine halbe Minute im Sprachkanal, damit das dort aufgehoben werden kann.',
};
