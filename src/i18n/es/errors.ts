export const errors = {
  keyRefused: 'Palabra rechaza las credenciales.',
  balanceUsedUp: 'El saldo de Palabra está agotado.',
  badRequest: 'Palabra rechaza lo que se le pidió.',
  limitReached: 'Palabra no permite más conexiones a la vez.',
  connectionLost: 'Se perdió la conexión con el reconocimiento de voz.',
  serviceUnavailable: 'No se puede contactar con el reconocimiento de voz.',
  joinTimeout: 'El canal de voz no respondió a tiempo.',
  encryptionUnsupported: 'El cifrado de este canal de voz no es compatible.',
  voiceLost: 'Ya no se puede oír el canal de voz.',
  noSuchChannel: 'No existe ese canal de voz.',
  deafened:
    'Un moderador me ha ensordecido: no oigo a nadie. Me quedo medio minuto en el canal de voz para que se pueda deshacer allí.',
};
