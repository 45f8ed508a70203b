export const consent = {
  hearMe: 'Me ouça',
  ask: 'Em {voice} só é ouvido quem diz sim. Aperte o botão ou use `/privacy opt-in`: sua escolha vale neste servidor até você retirá-la com `/privacy opt-out`.',
  greet:
    'Boas-vindas, {names}: o que se diz em {voice} é transcrito aqui. Você não? `/privacy opt-out`, e você não é ouvido.',
  greetAsking:
    'Boas-vindas, {names}: o que se diz em {voice} é transcrito aqui. {count, plural, one {Você não é ouvido} other {Vocês não são ouvidos}} até apertar o botão ou ter dito sim antes.',
  more: '{count, plural, one {mais #} other {mais #}}',
  optedOut:
    'A partir de agora não ouço você neste servidor: o que você diz é descartado antes de ser decodificado, e também o que ainda não era definitivo. `/privacy opt-in` desfaz isso; `/privacy forget-me` apaga o que você disse antes.',
  optedIn:
    'A partir de agora ouço você quando uma reunião deste servidor é transcrita. `/privacy opt-out` desfaz isso.',
  notAllowed: 'Em {voice} não se transcreve: este servidor permite em {allowed}.',
  movedOut:
    'Fui movido para um canal de voz onde este servidor não permite transcrever: a reunião termina aqui, a ata segue.',
  autoStartFailed: 'Uma reunião deveria ter começado aqui sozinha e não pôde. {problem}',
  doNotHearMe: 'Não me ouça',
  beside:
    '🔴 O que se diz em {voice} é transcrito, em um canal que nem todos aqui podem ver. Começado por {starter}. Você não? Aperte o botão ou use `/privacy opt-out`, e você não é ouvido.',
  besideAsking:
    '🔴 O que se diz em {voice} é transcrito, em um canal que nem todos aqui podem ver. Começado por {starter}. Só é ouvido quem diz sim: aperte o botão ou use `/privacy opt-in`. Sua escolha vale neste servidor até você retirá-la com `/privacy opt-out`.',
  greetBeside:
    'Boas-vindas, {names}: o que se diz em {voice} é transcrito, em um canal que você não pode ver. Você não? Aperte o botão ou use `/privacy opt-out`, e você não é ouvido.',
  greetAskingBeside:
    'Boas-vindas, {names}: o que se diz em {voice} é transcrito, em um canal que você não pode ver. {count, plural, one {Você não é ouvido} other {Vocês não são ouvidos}} até apertar o botão ou ter dito sim antes.',
  movedAway:
    'Fui movido para um canal de voz em que nem todos os que leem aqui podem entrar, ou cujas pessoas não podem todas ler aqui. Lá nada é escrito: a reunião termina aqui, a ata segue. `/transcribe start` começa uma lá.',
};
