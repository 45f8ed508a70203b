export const usage = {
  notAllowed: 'Quem me mantém só me deixa trabalhar em certos servidores, e este não é um deles, então eu saio.',
  usedUp:
    'Este servidor usou todos os seus minutos deste mês. Eles recomeçam no dia primeiro do próximo (UTC); `/usage` mostra aos gestores o que foi usado.',
  filesUsedUp: 'Este servidor usou todos os seus minutos deste mês; eles recomeçam no dia primeiro do próximo (UTC).',
  nearly:
    'Este servidor usou mais de 80 % dos seus minutos deste mês. Quando acabarem, as reuniões terminam. `/usage` mostra aos gestores o que foi usado.',
  ends: 'Este servidor usou todos os seus minutos deste mês: a reunião termina aqui, a ata vem em seguida.',
  head: '**O que este servidor usou em {month}** (UTC)',
  total: '{used} minutos de áudio; não há limite.',
  totalOf: '{used} de {limit} minutos de áudio ({percent} %).',
  kinds:
    'Reuniões: {meetings} · arquivos de áudio: {files}. Cada pessoa que fala conta à parte, incluídas as pausas enquanto o reconhecedor escuta.',
};
