export const errors = {
  keyRefused: 'A Palabra recusa as credenciais.',
  balanceUsedUp: 'O saldo da Palabra acabou.',
  badRequest: 'A Palabra recusa o que foi pedido.',
  limitReached: 'A Palabra não permite mais conexões ao mesmo tempo.',
  connectionLost: 'A conexão com o reconhecimento de fala se perdeu.',
  serviceUnavailable: 'Não é possível alcançar o reconhecimento de fala.',
  joinTimeout: 'O canal de voz não respondeu a tempo.',
  encryptionUnsupported: 'A criptografia deste canal de voz não é suportada.',
  voiceLost: 'Não é mais possível ouvir o canal de voz.',
  noSuchChannel: 'Esse canal de voz não existe.',
  deafened:
    'Um moderador me ensurdeceu: não ouço ninguém. Fico meio minuto no canal de voz para que isso possa ser desfeito lá.',
};
