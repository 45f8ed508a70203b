export const router = {
  serversOnly: 'Ich arbeite nur auf Servern: nutze diesen Befehl in einem Kanal eines Servers, auf dem ich bin.',
  notInServer: 'Ich bin nicht auf diesem Server. Jemand, der ihn verwalten darf, muss mich erst hinzufügen: <{url}>',
  unknownCommand: 'Diesen Befehl kenne ich nicht mehr. Lade Discord neu (Strg+R) und sieh nach, was ich jetzt anbiete.',
  outdatedControl: 'Das gehört zu einer älteren Version von mir und tut nichts mehr.',
  failed:
    'Bei mir ist etwas schiefgegangen. Versuche es noch einmal; passiert es wieder, nenne dem, der mich betreibt, die Kennung {reference}.',
};
