export const router = {
  serversOnly: 'I work in servers only: use this command in a channel of a server I am in.',
  notInServer: 'I am not in this server. Somebody who may manage it has to add me first: <{url}>',
  unknownCommand: 'I do not know this command any more. Reload Discord (Ctrl+R), then look at what I offer now.',
  outdatedControl: 'This belongs to an older version of me and does nothing any more.',
  failed:
    'Something went wrong on my side. Try again; if it happens again, tell whoever runs me the reference {reference}.',
};
