import type { Translation } from './phrases.ts';

export const de: Translation = {
  access: {
    stage:
      '{channel} ist ein Stage-Kanal. Ich kann nur in gewöhnlichen Sprachkanälen zuhören. Bitte trefft euch in einem davon.',
    full: '{channel} ist voll ({limit, plural, one {# Person} other {# Personen}}). Erhöhe das Nutzerlimit um eins oder gib mir die Berechtigung **Mitglieder verschieben**.',
    noMessages: '{channel} nimmt keine Nachrichten an. Wähle einen Textkanal.',
    locked: '{channel} ist gesperrt. Wähle einen anderen Kanal.',
    missing:
      'In {channel} {count, plural, one {fehlt mir die Berechtigung} other {fehlen mir die Berechtigungen}} {names}. Gib sie meiner Rolle in den Einstellungen des Kanals und versuche es noch einmal.',
    ViewChannel: 'Kanal ansehen',
    Connect: 'Verbinden',
    SendMessages: 'Nachrichten senden',
    SendMessagesInThreads: 'Nachrichten in Threads senden',
    EmbedLinks: 'Links einbetten',
    AttachFiles: 'Dateien anhängen',
    unseen: 'Ich kann {channel} nicht sehen. Gib meiner Rolle dort die Berechtigung **Kanal ansehen**.',
    notManager:
      'Das können nur Leute, die den Server oder seine Kanäle verwalten dürfen (**Server verwalten** oder **Kanäle verwalten**). Frag jemanden von ihnen.',
    mayNotHear: 'Du kannst {channel} selbst nicht betreten, deshalb höre ich dort nicht für dich zu.',
    mayNotWrite: 'Du kannst in diesem Textkanal selbst nicht schreiben, deshalb schreibe ich dort nicht für dich.',
    somebodyElses:
      'Diese Besprechung hat jemand anderes gestartet. Tritt {channel} bei oder frag {starter} oder die Moderation.',
    mayNotChoose:
      'Das betrifft alle hier. Deshalb können es nur Leute wählen, die den Server oder seine Kanäle verwalten dürfen (**Server verwalten** oder **Kanäle verwalten**). Während einer Besprechung kann es auch, wer sie gestartet hat oder an ihr teilnimmt.',
    hiddenMeeting:
      'Auf diesem Server wird schon eine Besprechung mitgeschrieben, in Kanälen, die du nicht lesen oder hören kannst. Ich kann auf einem Server nur in einem Sprachkanal zugleich sein.',
    joinToStart:
      'Du bist nicht in {channel}, deshalb würden die Leute dort nicht sehen, wer die Besprechung startet. Tritt dem Kanal erst bei. Von außen kann nur starten, wer diesen Server verwalten darf.',
  },
  announcement: {
    minutesElsewhere: 'Das Protokoll steht in {channel}.',
  },
  audio: {
    none: 'In dieser Nachricht ist kein Audio. Ich kann Sprachnachrichten und Dateien in Ogg, MP3, AAC, FLAC, WAV oder WebM mitschreiben.',
    forwarded:
      'Diese Nachricht wurde weitergeleitet, deshalb weiß ich nicht, wessen Stimme es ist. Nimm die ursprüngliche Nachricht.',
    optedOut: '{name} möchte auf diesem Server nicht gehört werden, deshalb schreibe ich das nicht mit.',
    ownOptOut: 'Du möchtest auf diesem Server nicht gehört werden. Mit `/privacy opt-in` nimmst du das zurück.',
    ownSilence: 'Auf diesem Server höre ich nur, wer zugestimmt hat. Mit `/privacy opt-in` stimmst du zu.',
    silence: 'Auf diesem Server höre ich nur, wer zugestimmt hat, und {name} hat noch nicht zugestimmt.',
    waiting: 'ich warte, bis ich dran bin …',
    loading: 'ich hole die Datei …',
    unconfirmed: 'Die letzten Worte sind vielleicht nicht genau.',
    silent: 'Ich höre darin niemanden sprechen.',
    cutOff: 'Ich kann nur {minutes} Minuten Audio mitschreiben, der Rest fehlt.',
    brokenOff: 'Den Rest der Datei kann ich nicht lesen. Das hier kam davor.',
    shutDown: 'Ich wurde vor dem Ende abgeschaltet.',
    outOfTime:
      'Die Zeit hat nicht gereicht: Ich musste auf andere warten, oder das Audio ist zu lang. Versuche es später noch einmal.',
    tooLarge: 'Die Datei ist zu groß: Ich kann höchstens {megabytes} MB annehmen.',
    tooLong: 'Das Audio ist zu lang: Ich kann höchstens {minutes} Minuten je Nachricht annehmen.',
    otherFormat:
      'Dieses Format kenne ich nicht. Ich kann Ogg, MP3, AAC, FLAC, WAV und WebM lesen. Wandle MP4 und M4A bitte vorher um.',
    unreadable: 'Ich kann die Datei nicht lesen: Sie enthält kein Audio, oder ihr Inhalt passt nicht zu ihrem Namen.',
    expired: 'Discord hat die Datei nicht mehr.',
    notFetched: 'Ich konnte die Datei nicht von Discord herunterladen. Versuche es noch einmal.',
    busy: 'Ich bin beschäftigt: Von diesem Server {files, plural, one {wartet schon # Datei} other {warten schon # Dateien}}. Versuche es später noch einmal.',
    channels: 'Sprachnachrichten werden automatisch zu Text in: {channels} (`/settings set`)',
    noChannels: 'Sprachnachrichten werden zu Text, wenn jemand das im Menü der Nachricht wählt (`/settings set`)',
    channelsFull: 'Du kannst höchstens {most} solche Kanäle wählen.',
    blind:
      '⚠️ Ich sehe keine Nachrichten: Mein Betreiber muss den Message Content Intent erlauben und DISCORD_MESSAGE_CONTENT auf on setzen.',
  },
  catchUp: {
    none: 'Hier gibt es keine Besprechung, die du lesen kannst.',
    head: '**Was in {voice} gesagt wurde, von {from} bis {to}**',
    nothing: 'In {voice} wurde von {from} bis {to} nichts gesagt, das ich mitschreiben konnte.',
    earlier:
      '-# {count, plural, one {# frühere Zeile steht} other {# frühere Zeilen stehen}} in der Datei, zusammen mit allen anderen.',
    all: '-# {count, plural, one {Die # Zeile steht} other {Alle # Zeilen stehen}} in der Datei.',
    summaryAgain: '-# Die nächste Zusammenfassung kann ich dir {when} schreiben.',
  },
  common: {
    anyLanguage: 'jede Sprache (automatisch erkannt)',
    again: 'Das war oft in kurzer Zeit. Du kannst es {when} wieder tun.',
  },
  consent: {
    hearMe: 'Hör mich',
    ask: 'In {voice} höre ich nur, wer zustimmt. Drücke den Knopf oder benutze `/privacy opt-in`. Deine Wahl gilt auf diesem Server, bis du sie mit `/privacy opt-out` zurücknimmst.',
    greet:
      'Willkommen, {names}. Was in {voice} gesagt wird, wird hier mitgeschrieben. Wenn du das nicht möchtest, benutze `/privacy opt-out`, dann höre ich dich nicht.',
    greetAsking:
      'Willkommen, {names}. Was in {voice} gesagt wird, wird hier mitgeschrieben. {count, plural, one {Ich höre dich erst, wenn du den Knopf drückst, es sei denn, du hast schon früher zugestimmt.} other {Ich höre euch erst, wenn ihr den Knopf drückt, es sei denn, ihr habt schon früher zugestimmt.}}',
    more: '{count, plural, one {# weitere Person} other {# weitere}}',
    optedOut:
      'Ab jetzt höre ich dich auf diesem Server nicht. Was du sagst, verwerfe ich vor dem Dekodieren, und ebenso, was du gesagt hast und was noch nicht endgültig ist. `/privacy opt-in` nimmt das zurück. `/privacy forget-me` löscht, was du vorher gesagt hast.',
    optedIn:
      'Ab jetzt höre ich dich, wenn auf diesem Server eine Besprechung mitgeschrieben wird. `/privacy opt-out` nimmt das zurück.',
    notAllowed: 'Dieser Server erlaubt keine Mitschrift in {voice}, nur in {allowed}.',
    movedOut:
      'Ich wurde in einen Sprachkanal verschoben, in dem dieser Server keine Mitschrift erlaubt. Die Besprechung endet hier, das Protokoll folgt.',
    autoStartFailed: 'Ich wollte hier automatisch eine Besprechung starten, konnte es aber nicht. {problem}',
    doNotHearMe: 'Hör mich nicht',
    beside:
      '🔴 Was in {voice} gesagt wird, wird in einem Kanal mitgeschrieben, den hier nicht alle sehen können. Gestartet von {starter}. Wenn du das nicht möchtest, drücke den Knopf oder benutze `/privacy opt-out`, dann höre ich dich nicht.',
    besideAsking:
      '🔴 Was in {voice} gesagt wird, wird in einem Kanal mitgeschrieben, den hier nicht alle sehen können. Gestartet von {starter}. Ich höre nur, wer zustimmt: Drücke den Knopf oder benutze `/privacy opt-in`. Deine Wahl gilt auf diesem Server, bis du sie mit `/privacy opt-out` zurücknimmst.',
    greetBeside:
      'Willkommen, {names}. Was in {voice} gesagt wird, wird in einem Kanal mitgeschrieben, den du nicht sehen kannst. Wenn du das nicht möchtest, drücke den Knopf oder benutze `/privacy opt-out`, dann höre ich dich nicht.',
    greetAskingBeside:
      'Willkommen, {names}. Was in {voice} gesagt wird, wird in einem Kanal mitgeschrieben, den du nicht sehen kannst. {count, plural, one {Ich höre dich erst, wenn du den Knopf drückst, es sei denn, du hast schon früher zugestimmt.} other {Ich höre euch erst, wenn ihr den Knopf drückt, es sei denn, ihr habt schon früher zugestimmt.}}',
    movedAway:
      'Ich wurde in einen anderen Sprachkanal verschoben. Nicht alle, die hier lesen, können ihn betreten, oder nicht alle dort können hier lesen, deshalb schreibe ich dort nichts mit. Die Besprechung endet hier, das Protokoll folgt. Mit `/transcribe start` startest du dort eine neue.',
  },
  document: {
    date: 'Datum',
    duration: 'Dauer',
    voiceChannel: 'Sprachkanal',
    ended: 'Ende',
    shownIn: 'Mitschrift auf',
    until: '{from} bis {until}',
    now: 'jetzt',
    theEnd: 'Ende',
    times: 'Uhrzeiten in der Zeitzone {zone}; Zeiten in Klammern zählen ab dem Beginn',
    sentence: '{text}.',
    attendance: 'Anwesenheit',
    talkTime: 'Redezeit',
    languages: 'Sprachen',
    notTranscribed: 'Nicht mitgeschrieben',
    transcript: 'Mitschrift',
    nobodySeen: 'Im Kanal wurde niemand gesehen.',
    nobodySpoke: 'Niemand hat gesprochen.',
    noneHeard: 'Keine wurde gehört.',
    nothingSaid: 'Es wurde nichts gesagt.',
    everybody: 'Alle',
    spoke: '{name} sprach {languages}',
    into: 'Übersetzt in {languages}',
    intoLabel: 'Übersetzt in',
    filledIn: '{duration} verlorene Audiopakete, mit annähernder Stille aufgefüllt',
    inLanguage: 'auf {language}',
    unconfirmed: 'unbestätigt',
    onlyTranslated: 'nur die Übersetzung ist bekannt',
    due: 'fällig: {due}',
    underSecond: 'unter 1 s',
    unknownSpeaker: 'Unbekannt {id}',
    unnamed: 'ohne Namen',
    meeting: 'Besprechung',
    timeline: 'Zeitverlauf',
    timelineIs: 'Wer wann gesprochen hat; die Redezeiten stehen darunter.',
    pageOf: '{page} von {pages}',
    missingSigns:
      '{sign} ersetzt ein Zeichen, das in keiner Schrift auf dem Rechner vorkommt, der diese Datei erstellt hat. Die Datei enthält das Zeichen trotzdem: Kopiere den Text, um es zu bekommen, oder nimm ein anderes Format.',
    notEnded: 'noch nicht',
    endStopped: 'von einem Mitglied beendet',
    endEmpty: 'alle waren gegangen',
    endDisconnected: 'Parley wurde vom Kanal getrennt',
    endDeleted: 'der Sprachkanal wurde gelöscht',
    endBudget: 'der Server hatte seine Audiominuten für den Monat aufgebraucht',
    endShutdown: 'Parley wurde abgeschaltet',
    endFailed: 'etwas ist schiefgegangen',
    gapPaused: 'nicht fürs Protokoll (pausiert)',
    gapRecogniser: 'die Spracherkennung war nicht verfügbar',
    gapDecryption: 'der Ton konnte nicht entschlüsselt werden',
    gapVoice: 'die Sprachverbindung ging verloren',
    gapDeafened: 'die Moderation hatte Parley den Ton abgestellt',
    gapRestarted: 'Parley wurde neu gestartet',
    gapTooMuch: 'es wurde mehr gleichzeitig gesagt, als erkannt werden konnte',
  },
  errors: {
    keyRefused: 'Palabra hat meine Zugangsdaten abgelehnt.',
    balanceUsedUp: 'Das Palabra-Guthaben ist aufgebraucht.',
    badRequest: 'Palabra hat meine Anfrage abgelehnt.',
    limitReached: 'Palabra erlaubt keine weiteren gleichzeitigen Verbindungen.',
    connectionLost: 'Ich habe die Verbindung zur Spracherkennung verloren.',
    serviceUnavailable: 'Ich kann die Spracherkennung nicht erreichen.',
    joinTimeout: 'Der Sprachkanal hat nicht rechtzeitig geantwortet.',
    encryptionUnsupported: 'Ich unterstütze die Verschlüsselung dieses Sprachkanals nicht.',
    voiceLost: 'Ich kann den Sprachkanal nicht mehr hören.',
    noSuchChannel: 'Diesen Sprachkanal gibt es nicht.',
    deafened:
      'Die Moderation hat mir den Ton abgestellt, deshalb höre ich niemanden. Ich bleibe eine halbe Minute im Sprachkanal, damit sie das dort aufheben kann.',
    notApplied:
      'Deine Änderung ist gespeichert, gilt in der laufenden Besprechung aber noch nicht, weil der Teil von mir, der sie betreut, nicht antwortet. Ich wende sie an, sobald ich kann.',
    notErased:
      'Es wurde nichts gelöscht, weil der Teil von mir, der die Besprechung betreut, nicht antwortet. Bitte versuche es in einer Minute noch einmal.',
  },
  languages: {
    unreadable:
      'Ich erkenne {typed} nicht als Sprache. Nimm Kürzel wie {codes} oder Namen wie Spanisch. Es wurde nichts geändert.',
    unknown: 'Die Spracherkennung kennt {typed} nicht. Wähle aus {codes}. Es wurde nichts geändert.',
    tooMany: 'Du kannst höchstens {most} Sprachen auf einmal wählen. Es wurde nichts geändert.',
    doubt:
      'Ich weiß nicht, ob {codes} unterstützt {count, plural, one {wird} other {werden}}. Wenn die Spracherkennung ablehnt, sage ich es in der Mitschrift.',
    off: 'Keine Übersetzungen (off)',
    auto: 'Automatisch erkennen (auto)',
    default: 'Einstellung des Servers (default)',
    noneSet: 'Besprechungen werden hier nicht übersetzt. Mit `/translate languages:es,fr` wählst du Sprachen.',
    areSet: 'Besprechungen werden hier übersetzt in: {languages}. Mit `/translate languages:off` beendest du das.',
    offNow: 'Ab jetzt werden Besprechungen hier nicht übersetzt.',
    setNow: 'Ab jetzt werden Besprechungen hier übersetzt in: {languages}.',
    spokenHere: '{language} wird hier gesprochen und braucht keine Übersetzung, deshalb habe ich es weggelassen.',
    twice: 'Du hast {languages} mehrmals genannt. Ich nehme jede Sprache nur einmal.',
    unchanged: 'Es wurde nichts geändert.',
    toldOff: '{name} hat die Übersetzungen abgeschaltet.',
    toldSet: '{name} hat diese Übersetzungen gewählt: {languages}.',
    serverAuto:
      'Ab jetzt erkenne ich automatisch, welche Sprache hier gesprochen wird. Mitglieder können ihre eigene mit `/language` wählen.',
    serverSet:
      'Ab jetzt erwarte ich hier diese Sprache: {language}. Mitglieder können ihre eigene mit `/language` wählen.',
    alsoTarget:
      'Besprechungen werden auch übersetzt in: {language}. Bei Leuten, die diese Sprache sprechen, lasse ich das weg.',
    mineDefault: 'Ab jetzt gilt für dich die Sprache des Servers: {language}.',
    mineAuto: 'Ab jetzt erkenne ich automatisch, welche Sprache du sprichst.',
    mineSet: 'Ab jetzt erwarte ich von dir diese Sprache: {language}.',
  },
  overlay: {
    link: 'Das ist die Adresse des Overlays für dein Streaming-Programm. In OBS: Quellen → Hinzufügen → Browser, füge die Adresse ein und trag Breite und Höhe deines Bildes ein.\n```\n{url}\n```\nWer die Adresse hat, sieht die letzten Zeilen dieser Besprechung. Sie gilt bis zum Ende der Besprechung, höchstens zwölf Stunden, und solange du diesen Server verwalten darfst. Du kannst darin `size=44` ändern (Höhe der Schrift in Pixeln). Mit `/overlay close` beendest du es früher.',
    mayNot:
      'Ein Overlay zeigt eine Besprechung allen, die einen Stream ansehen. Deshalb können es nur Leute öffnen oder schließen, die diesen Server oder seine Kanäle verwalten dürfen (**Server verwalten** oder **Kanäle verwalten**) und den Kanal der Mitschrift lesen können.',
    noPages:
      'Hier gibt es keine Live-Seiten und deshalb keine Overlays: Der Betreiber hat keine Adresse dafür eingerichtet.',
    closed:
      '{count, plural, =0 {Diese Besprechung hatte kein Overlay.} one {Ich habe # Overlay geschlossen. Es zeigt nichts mehr.} other {Ich habe # Overlays geschlossen. Sie zeigen nichts mehr.}}',
  },
  live: {
    connecting: 'Verbinde…',
    live: 'Live',
    lost: 'Verbindung verloren, neuer Versuch…',
    over: 'Die Besprechung ist zu Ende.',
    ended: 'Du kannst diese Besprechung nicht mehr lesen.',
    closed:
      'Dieser Link gilt nicht mehr. Drücke „Live-Seite“ auf dem Panel der Besprechung, um einen neuen zu bekommen.',
    gaveWay:
      'Du hast diese Seite mehr als fünfmal geöffnet, deshalb wurde sie hier angehalten. Lade sie neu, um hier weiterzulesen.',
    stopped: 'Diese Seite wurde angehalten. Lade sie neu, um weiterzulesen.',
    later:
      'Es gab zu viele Anfragen auf einmal, oder Discord antwortet nicht. Lade diese Seite in ein paar Sekunden neu.',
    textSize: 'Textgröße',
    smaller: 'Kleinerer Text',
    larger: 'Größerer Text',
    noScript: 'Diese Seite braucht JavaScript.',
    nothing:
      'Hier gibt es nichts zu sehen. Vielleicht ist der Link zu alt. Um einen neuen zu bekommen, drücke „Live-Seite“ auf dem Panel der Besprechung, oder lass dir in Discord ihr Protokoll noch einmal zeigen.',
    notForYou:
      'Die Live-Seite ist nur für Leute, die den Kanal lesen können, in dem diese Besprechung mitgeschrieben wird.',
    invitation:
      'Diese Seite zeigt mit, was gesagt wird, in der Sprache, die du unter „Meine Sprache“ gewählt hast. Der Link ist nur für dich: Wer ihn hat, kann mitlesen. Er gilt zwölf Stunden. Mit „Meine Links schließen“ beendest du ihn früher.',
    openPage: 'Im Browser öffnen',
    aboutPage:
      '„Im Browser öffnen“ zeigt die Seite dieser Besprechung. Der Link ist nur für dich: Wer ihn hat, kann mitlesen. Er gilt zwölf Stunden. Mit „Meine Links schließen“ beendest du ihn früher.',
    closeMine: 'Meine Links schließen',
    closeAll: 'Alle Links schließen',
    closedMine:
      '{count, plural, =0 {Du hast keine Links zur Live-Seite dieser Besprechung.} one {Dein Link ist geschlossen, und die damit geöffneten Seiten wurden angehalten.} other {Deine # Links sind geschlossen, und die damit geöffneten Seiten wurden angehalten.}}',
    closedAll:
      '{count, plural, =0 {Es gibt keine Links zur Live-Seite dieser Besprechung.} one {Der einzige Link zur Live-Seite dieser Besprechung ist geschlossen, und die damit geöffneten Seiten wurden angehalten.} other {Alle # Links zur Live-Seite dieser Besprechung sind geschlossen, und die damit geöffneten Seiten wurden angehalten.}}',
    mayNotCloseAll: 'Nur wer diesen Server verwalten darf, kann die Links anderer schließen.',
  },
  page: {
    downloads: 'Herunterladen',
    asSpoken: 'Wie gesprochen',
    allSpeakers: 'Alle',
    language: 'Sprache des Transkripts',
    speakers: 'Sprechende',
    skipTimeline: 'Zeitleiste überspringen',
  },
  minutes: {
    channelDefault:
      'Protokolle werden am selben Ort gepostet wie die Mitschrift. Mit `/minutes channel channel:…` gibst du ihnen einen eigenen Kanal.',
    channelIs: 'Protokolle werden in {channel} gepostet.',
    channelOff: 'Ab jetzt werden Protokolle am selben Ort gepostet wie die Mitschrift.',
    channelSet: 'Ab jetzt werden Protokolle in {channel} gepostet.',
    stillRuns: 'Diese Besprechung läuft noch. Beende sie mit `/transcribe stop`, dann kannst du sie löschen.',
    erased:
      'Für immer gelöscht: **{title}** vom {moment}, mit {count, plural, one {# Text} other {# Texten}}, der Anwesenheitsliste und den Einträgen im Suchindex.',
    erasedRest:
      'Das betrifft nicht, was ich in Discord-Kanälen gepostet habe, und nicht die Dateien, die Leute gespeichert haben. Die Moderation kann die Nachrichten löschen.',
    mayNotDelete:
      'Eine Besprechung kann nur löschen, wer sie gestartet hat oder den Server verwalten darf (**Server verwalten**). Frag jemanden, der das darf.',
    unknownFormat: 'Diese Art Datei kenne ich nicht mehr. Wähle eine andere.',
    tooLarge:
      'Die Datei ist zu groß für diesen Server: Sie hat {size} MB, und Discord nimmt höchstens {most} MB. Untertitel und reiner Text sind am kleinsten.',
    listHead: 'Besprechungen, die neuesten zuerst. Mit `/minutes show` öffnest du eine.',
    page: 'Seite {page} von {pages}.',
    runningNow: 'läuft gerade',
    noneYet: 'Hier gibt es noch keine Besprechungen, die du lesen kannst.',
    noSuch: 'Diese Besprechung kenne ich nicht. Wähle einen der Vorschläge oder sieh in `/minutes list` nach.',
    keptForever: 'Besprechungen werden aufbewahrt, bis jemand sie löscht.',
    keptFor: 'Besprechungen werden nach ihrem Ende {days, plural, one {einen Tag} other {# Tage}} lang aufbewahrt.',
    keepChange: 'Mit `/minutes retention days:…` änderst du das.',
    serverManagers:
      'Das können nur Leute, die den Server verwalten dürfen (**Server verwalten**). Frag jemanden von ihnen.',
    nothingErased: 'Ab jetzt wird nichts automatisch gelöscht.',
    olderErased:
      'Ältere werden innerhalb von zwei Stunden für immer gelöscht, danach täglich. Wenn du das nicht willst, benutze vorher `/minutes retention days:0`.',
    badSince: 'Ich erkenne „{typed}“ nicht als Zeit. Nimm ein Datum wie `2026-11-23` oder `12h`, `7d`, `2w`.',
    needWord: 'Gib mir ein Wort zum Suchen: Nach Satzzeichen oder Emoji allein kann ich nicht suchen.',
    foundNothing:
      'In den Besprechungen, die du lesen kannst, habe ich nichts gefunden. Versuche es mit weniger Wörtern.',
    moreHits: 'Es gibt noch mehr. Nimm Wörter hinzu oder grenze die Suche nach Person, Zeit oder Sprache ein.',
    hitsHead: 'Was gesagt wurde, das Neueste zuerst. Mit `/minutes show` öffnest du eine Besprechung.',
    inLanguage: 'auf {language}',
    filesBusy:
      'Ich erstelle gerade schon mehrere Dateien. Versuche es in einer Minute noch einmal. Untertitel, reinen Text und Markdown gibt es sofort.',
    fileLate:
      'Ich konnte diese Datei nicht rechtzeitig erstellen. Untertitel, reinen Text und Markdown gibt es sofort.',
  },
  notices: {
    moved: 'Ich wurde nach {channel} verschoben und mache dort weiter.',
    back: 'Ich war weg und bin wieder da. Was in den letzten {seconds} s gesagt wurde, fehlt hier vielleicht.',
    restarting: 'Ich werde neu gestartet und bin gleich wieder da. Bis dahin höre ich niemanden.',
    nothingHeard:
      'Ich höre den Sprachkanal gerade nicht und versuche es weiter. Wenn das anhält, verbinde mich mit `/transcribe stop` und `/transcribe start` neu.',
    deafened:
      'Die Moderation hat mir den Ton abgestellt. Ich höre niemanden, bis sie das aufhebt (Rechtsklick auf mich im Sprachkanal, Server-Ton aus).',
    hearsAgain: 'Ich höre wieder. Was in den letzten {seconds} s gesagt wurde, fehlt hier.',
    endsHere: 'Die Besprechung endet hier, das Protokoll folgt.',
    meetingFailed: 'Bei mir ist etwas schiefgegangen. Die Besprechung endet hier, das Protokoll folgt.',
    noText: '{name} spricht, aber ich habe seit 15 s keinen Text bekommen: {because}',
    takingTurns: 'Es sprechen mehr Leute, als die Spracherkennung gleichzeitig annimmt; ihre Worte kommen später.',
    outOfReach: 'Ich kann die Spracherkennung nicht erreichen; ich behalte, was gesagt wird, und versuche es weiter.',
    mute: 'Die Spracherkennung antwortet nicht.',
    targetsLeftOut: 'Die Spracherkennung übersetzt nicht in diese Sprachen: {languages}. Alles andere geht weiter.',
    spokenLeftOut:
      'Die Spracherkennung nimmt {language} nicht als gesprochene Sprache an, deshalb erkennt sie die Sprache selbst.',
    unreadable:
      '{name} spricht, aber ich kann den Ton nicht entschlüsseln. Wenn das anhält, gibt es neue Schlüssel, wenn {name} den Sprachkanal verlässt und wieder betritt.',
    tooQuiet:
      'Ich höre {name}, aber zu leise, um Worte zu verstehen. Das Mikrofon muss lauter gestellt werden oder näher heran.',
    gap: 'Ich konnte {seconds} s des Gesagten nicht mitschreiben: {reason}.',
    gapOf: 'Ich konnte {seconds} s von dem, was {name} sagte, nicht mitschreiben: {reason}.',
    gapPaused: 'pausiert',
    gapRecogniser: 'Spracherkennung nicht verfügbar',
    gapDecryption: 'Ton nicht entschlüsselt',
    gapVoice: 'Sprachverbindung verloren',
    gapDeafened: 'die Moderation hatte mir den Ton abgestellt',
    gapRestarted: 'Neustart',
    gapTooMuch: 'zu viel auf einmal',
    journalFailed:
      'Ich kann nicht speichern, was gesagt wird: Das Protokoll dieser Besprechung ist vielleicht lückenhaft.',
    minutesFailed:
      'Ich konnte das Protokoll nicht posten. Alles Gesagte ist gespeichert: Mit `/minutes latest` siehst du es.',
  },
  ofMinutes: {
    timeZone: 'Zeitzone der Protokolle: {zone} (`/settings set`)',
    noTimeZone: 'Die Zeitzone „{typed}“ kenne ich nicht. Nimm einen Namen wie `Europe/Berlin` oder `America/New_York`.',
    glossary:
      'Glossar: {count, plural, =0 {keine Begriffe} one {ein Begriff} other {# Begriffe}} (`/settings glossary`)',
    noTerms: 'Es gibt noch keine Begriffe. Mit `/settings glossary written:…` fügst du einen hinzu.',
    heardAs: 'gehört als {heard}',
    termAdded: 'Ab jetzt schreibe ich {term}.',
    termRemoved: '{term} steht nicht mehr im Glossar.',
    noTerm: 'Das Glossar enthält keinen Begriff „{typed}“.',
    glossaryFull: 'Das Glossar ist mit {most} Begriffen voll. Entferne zuerst einen.',
    noTranslations:
      'Ich kann „{typed}“ nicht als Übersetzungen lesen. Schreib sie wie `es=Consejo, fr=Conseil`. Es wurde nichts geändert.',
    webhook: 'Protokolle gehen auch an: {host} (`/settings webhook`)',
    webhookNone: 'Protokolle gehen nirgendwo anders hin (`/settings webhook`)',
    webhookSet:
      'Ab jetzt schicke ich die Protokolle am Ende einer Besprechung auch an {host}. Mit diesem Geheimnis signiere ich sie. Speichere es jetzt, denn ich zeige es nicht noch einmal: ||`{secret}`||',
    webhookOff: 'Ab jetzt schicke ich die Protokolle nirgendwo anders mehr hin.',
    sentOn: 'Das Protokoll dieser Besprechung geht auch an {host}, außerhalb von Discord.',
    sentOnNoMore: 'Das Protokoll dieser Besprechung geht nirgendwo anders mehr hin.',
    noWebhook:
      'Ich schicke Protokolle nur an Adressen, die mit `https://` beginnen und weder Namen noch Passwort enthalten. Es wurde nichts geändert.',
    newer: 'Neuere',
    older: 'Ältere',
  },
  overview: {
    ended: 'Ende: {how}',
    fullTranscript: 'Vollständige Mitschrift: die angehängte Datei `{file}`',
    nobodySpoke: 'niemand hat gesprochen',
    moreStays: 'und {count} weitere',
    more: '… und {count} weitere',
    moreInFile: '… und {count} weitere in der Datei',
    continued: '(Fortsetzung)',
    spoken: 'gesprochen: {languages}',
    none: 'keine',
    into: 'übersetzt in {languages}',
  },
  panel: {
    running: '🔴 {voice} wird mitgeschrieben',
    paused: '⏸️ {voice}: pausiert, nichts wird gehört',
    finishing: '⏳ {voice}: die letzten Worte sind unterwegs',
    restarting: '🔄 {voice}: ich werde neu gestartet und bin gleich wieder da',
    deaf: '🔇 {voice}: im Moment höre ich niemanden',
    deafened: 'Die Moderation hat mir den Ton abgestellt. Sobald sie das aufhebt, höre ich wieder alle.',
    interrupted: 'Ich habe die Sprachverbindung verloren und versuche, sie wiederherzustellen.',
    over: '⏹️ {voice}: die Besprechung ist zu Ende',
    notice:
      'Was dort gesagt wird, wird hier mitgeschrieben. Gestartet {since} von {starter}. Wenn du das nicht möchtest, benutze `/privacy opt-out`, dann höre ich dich nicht. `/transcribe stop` beendet die Besprechung und postet das Protokoll.',
    lasted: 'Hier mitgeschrieben vom {began} bis {ended}, gestartet von {starter}.',
    spoken: '**Gesprochen:** {spoken}. Nicht übersetzt: Mit `/translate` wählst du Sprachen.',
    translated: '**Gesprochen:** {spoken}. **Übersetzt in** {targets}.',
    nobody: 'Niemand ist da.',
    heard: '**Gehört:** {people}',
    unheard: '**Nicht gehört:** {people}',
    unheardOne: '{name} ({because})',
    more: '{count, plural, one {# weitere Person} other {# weitere}}',
    optedOut: 'möchte nicht gehört werden',
    notOptedIn: 'hat nicht zugestimmt: `/privacy opt-in`',
    notYetHeard: 'hat noch nicht gesprochen',
    unreadable: 'ich kann den Ton nicht entschlüsseln',
    tooQuiet: 'zu leise: das Mikrofon muss lauter gestellt werden',
    waiting: 'wartet, bis die Spracherkennung frei ist',
    retrying: 'Spracherkennung verloren, neuer Versuch',
    stopped: 'Spracherkennung angehalten: {why}',
    stoppedUnexplained: 'Spracherkennung angehalten',
    turns:
      'Es sprechen mehr Leute, als die Spracherkennung gleichzeitig annimmt. Sie kommen der Reihe nach dran, und manche Worte kommen später.',
    inSentences:
      'Discord nimmt im Moment weniger Nachrichten von mir an, deshalb erscheinen Sätze erst, wenn sie fertig sind.',
    inBlocks:
      'Discord nimmt im Moment weniger Nachrichten von mir an, deshalb erscheint das Gesagte alle paar Sekunden in Blöcken.',
    lateness: 'Text erscheint meist {median} s nach den Worten, in 95 % der Fälle binnen {slow} s',
    sent: '{minutes} min Audio an die Spracherkennung gesendet',
    sentFor: '{minutes} min Audio an die Spracherkennung gesendet: {cost}',
    lost: '{seconds} s konnten nicht mitgeschrieben werden',
    pause: 'Pause',
    resume: 'Weiter',
    stop: 'Beenden',
    translate: 'Übersetzen…',
    myLanguage: 'Meine Sprache',
    soFar: 'Protokoll bisher',
    livePage: 'Live-Seite',
    minutes: 'Protokoll',
    otherMeeting: 'Diese Besprechung ist zu Ende. Mit `/minutes latest` siehst du, was gesagt wurde.',
    translateTitle: 'Besprechungen dieses Servers übersetzen',
    translateLabel: 'Sprachen',
    translateHint: 'Zum Beispiel es, fr oder Spanisch, Französisch; off für keine',
    readsQuestion:
      'In welcher Sprache möchtest du lesen? Das gilt für alles, was nur du siehst, zum Beispiel `/catch-up`.',
    readsAsSpoken: 'Wie es gesprochen wurde',
    readsNow: 'Was nur du siehst, zeige ich ab jetzt auf {language}, soweit es eine Übersetzung gibt.',
    readsOriginal: 'Was nur du siehst, zeige ich ab jetzt, wie es gesprochen wurde.',
    readsUntranslated:
      'Besprechungen auf diesem Server werden nicht in diese Sprache übersetzt. Mit `/translate` nimmst du sie auf.',
    notInformed:
      'kann nirgends lesen, dass mitgeschrieben wird: Gebt dieser Person hier Leserecht oder mir Schreibrecht im Chat des Sprachkanals',
  },
  picture: {
    whoSpokeWhen: 'Wer wann sprach: {title}',
    people: '{count, plural, one {1 Person} other {{count} Personen}}',
    talkTime: 'Redezeit',
    silent: 'still',
    atOnce: 'zwei oder mehr zugleich',
    speaking: 'spricht',
    inChannel: 'im Kanal',
    notTranscribed: 'nicht mitgeschrieben',
    more: 'und {count} weitere Personen',
    nobody: 'Niemand war hier.',
    person: 'Person {number}',
  },
  posting: {
    filesTooLarge: 'Die Dateien sind zu groß für diesen Server. Mit `/minutes latest` siehst du das Protokoll.',
    givenUp:
      'Ich konnte {count, plural, one {# Zeile nicht posten, während Discord Probleme hatte. Sie steht} other {# Zeilen nicht posten, während Discord Probleme hatte. Sie stehen}} im Protokoll.',
    refused: 'Ich konnte nicht posten, was {name} um {time} gesagt hat. Es steht im Protokoll.',
    goesOnHere: 'Ich kann in {channel} nicht mehr schreiben: {reason}. Die Mitschrift geht hier weiter.',
    theChannel: 'dem Kanal der Mitschrift',
    deleted: 'er wurde gelöscht',
    leftServer: 'ich bin nicht mehr auf diesem Server',
    wayBack: 'Sobald ich wieder auf diesem Server bin, zeigt `/minutes latest` dort alles.',
    unseen: 'ich kann ihn nicht mehr sehen',
    directClosed: 'Direktnachrichten sind geschlossen',
    unwritable: 'er nimmt meine Nachrichten nicht an',
    forbidden: 'ich habe dort keine Schreibrechte mehr',
    archived: 'der Thread ist archiviert',
    ownName:
      'Ich kann hier nicht mehr unter den Namen der Sprechenden schreiben: Mein Webhook ist weg, und ich darf keinen neuen anlegen. Die Mitschrift geht unter meinem Namen weiter.',
    noThread: 'Ich konnte in {channel} keinen Thread eröffnen: {reason}. Die Mitschrift geht hier weiter.',
    noLanguageThread:
      'Ich kann in keinen Thread für {language} schreiben: {reason}. Die Übersetzungen erscheinen hier unter den Zeilen.',
    transcriptAt: 'Die Mitschrift: {where}',
    webhookMoved:
      'Jemand hat meinen Webhook in einen anderen Kanal verschoben. Ich habe gelöscht, was ich dort geschrieben hatte, und mache hier mit einem neuen weiter.',
    webhookMovedLeft:
      'Jemand hat meinen Webhook in einen anderen Kanal verschoben. Ich mache hier mit einem neuen weiter, konnte aber die letzten Worte dort nicht löschen. Bitte löscht sie selbst.',
  },
  privacy: {
    policyHeard:
      '**Was ich höre.** Ich höre nur zu, solange eine Besprechung mitgeschrieben wird: Ihr Panel sagt es, und ich sage es allen, die später kommen. Wer widersprochen hat, wird nie gehört, und in einer Pause niemand: Ich verwerfe den Ton, bevor ich ihn dekodiere. Sprachnachrichten schreibe ich mit, wenn ein Mitglied darum bittet, deine aber nicht, wenn du widersprochen hast.',
    policyOptIn: 'Auf diesem Server höre ich nur, wer zugestimmt hat.',
    policyGoes:
      '**Wohin es geht.** Während jemand spricht, sende ich den Ton an die Spracherkennung (Palabra). Ich speichere ihn nie. Texte gehen in den Kanal und, wenn mein Betreiber es eingerichtet hat, an ein Sprachmodell, das Zusammenfassungen schreibt. Wenn die Verwaltung es eingerichtet hat, gehen Protokolle auch an einen anderen Dienst.',
    policyKept:
      '**Was bleibt.** Für das Protokoll bewahre ich Texte, Übersetzungen und wer wann da war auf, {days, plural, =0 {bis jemand sie löscht} one {einen Tag lang} other {# Tage lang}}. Sie liegen in der Datenbank meines Betreibers, für Mitglieder, die die Besprechung lesen oder hören konnten.',
    policySentOn: 'Protokolle von Besprechungen gehen auch an {host}, außerhalb von Discord.',
    policyRights:
      '**Deine Rechte.** `/privacy opt-out`: Ich höre dich nicht mehr. `/privacy opt-in`: Ich höre dich wieder. `/privacy forget-me`: Ich lösche, was du auf diesem Server gesagt hast, auch in meinen Nachrichten, und gebe dir eine Bestätigung, in der steht, was noch bleibt.',
    nothing:
      'Ich habe auf diesem Server nichts über dich gespeichert: keine Worte und keine Besprechungen, in denen du warst.',
    question:
      'Möchtest du für immer löschen, was du auf diesem Server gesagt hast? Es steht in {meetings, plural, one {# Besprechung} other {# Besprechungen}} und in {messages, plural, one {# Nachricht} other {# Nachrichten}} von mir. Gelöscht werden deine Worte, ihre Übersetzungen, dein Name und wann du da warst, und die Zusammenfassungen dieser Besprechungen. Das lässt sich nicht rückgängig machen.',
    alsoSignsOut: 'Du wirst dann auch von meinen Seiten abgemeldet.',
    signedOut: 'Ich habe dich in {browsers, plural, one {# Browser} other {# Browsern}} von meinen Seiten abgemeldet.',
    erase: 'Für immer löschen',
    keep: 'Alles behalten',
    kept: 'Nichts wurde gelöscht.',
    underWay: 'Das mache ich gerade schon: Die Bestätigung erscheint hier.',
    receipt: 'Bestätigung {id}',
    when: 'Gelöscht: {when}',
    server: 'Server: {name}',
    texts: '{count, plural, one {# Text} other {# Texte}} von dir, mit Übersetzungen und Einträgen im Suchindex',
    stays:
      '{count, plural, one {# Eintrag} other {# Einträge}} zur Anwesenheit in {meetings, plural, one {# Besprechung} other {# Besprechungen}}, mit deinem Namen',
    messages:
      'Meine Nachrichten: {deleted} gelöscht, {edited} so geändert, dass nur bleibt, was andere gesagt haben, {gone} schon weg, {left} übrig',
    minutes: 'Protokolle in Discord: {edited} ohne dich neu geschrieben, {left} übrig',
    left: 'Was übrig ist, konnte ich nicht ändern. Die Moderation kann es löschen:',
    unknownMinutes: 'Protokoll von „{title}“, {when}: Ich weiß nicht mehr, wo es steht',
    others:
      'Das betrifft nicht: Dateien, die Leute gespeichert haben, Sicherungen, was andere über dich gesagt haben, und wer eine Besprechung gestartet hat.',
    stillHeard:
      'Eine Besprechung läuft: Was du ab jetzt sagst, wird wieder gespeichert. Mit `/privacy opt-out` höre ich dich nicht mehr.',
    diskLog:
      'Noch nicht fertig: Jemand liest gerade die Datenbank, vielleicht für eine Sicherung, deshalb kann das Gelöschte noch in ihrer Write-ahead-Datei stehen. Ich versuche es jede Minute, bis es überschrieben ist.',
    diskRows:
      'Noch nicht fertig: Die Datenbank behält gelöschte Zeilen auf der Platte, bis sie das nächste Mal aufräumt (Vacuum).',
    mentions:
      'Antworten auf deine Sprachnachrichten, Begrüßungen und Hinweise mit deinem Namen: {deleted} gelöscht, {edited} geändert, {gone} schon weg, {left} übrig',
    nameless:
      'Hier habe ich Mitgliedern, die später kamen, gesagt, dass mitgeschrieben wird. Ihre Namen wurden auf Wunsch von einem von ihnen entfernt.',
  },
  router: {
    serversOnly: 'Ich arbeite nur auf Servern: Benutze diesen Befehl in einem Kanal eines Servers, auf dem ich bin.',
    notInServer: 'Ich bin nicht auf diesem Server. Jemand, der ihn verwalten darf, muss mich erst hinzufügen: <{url}>',
    unknownCommand:
      'Diesen Befehl kenne ich nicht mehr. Lade Discord neu (Strg+R), um meine aktuellen Befehle zu sehen.',
    outdatedControl: 'Das gehört zu einer älteren Version von mir und funktioniert nicht mehr.',
    failed:
      'Bei mir ist etwas schiefgegangen. Versuche es noch einmal. Wenn es wieder passiert, nenne meinem Betreiber die Kennung {reference}.',
  },
  settings: {
    transcripts: 'Mitschriften: {where} (`/settings set`)',
    minutes: 'Protokolle: {where} (`/minutes channel`)',
    spoken: 'Gesprochen wird: {language} (`/language`)',
    translations: 'Übersetzt wird in: {languages} (`/translate`)',
    whereStarted: 'wo `/transcribe start` benutzt wird',
    whereTranscript: 'am selben Ort wie die Mitschrift',
    nothing: 'nichts',
    unchanged: 'Es wurde nichts geändert.',
    nothingChosen: 'Wähle mindestens eine Option von `/settings set`.',
    changed: 'Geändert. Die Einstellungen dieses Servers sind jetzt:',
    style: 'Stil der Mitschrift: {style} (`/settings set`)',
    grow: 'Nachrichten, die beim Sprechen wachsen',
    finals: 'nur fertige Sätze',
    digest: 'ein kompakter Block alle paar Sekunden',
    optIn: 'Ich höre: {who} (`/settings set`)',
    everybody: 'alle, die nicht widersprochen haben',
    onlyYes: 'nur Leute, die zugestimmt haben',
    managerRole: 'Verwaltung: {who} (`/settings set`)',
    byPermission: 'Leute, die den Server oder seine Kanäle verwalten dürfen',
    byRole: 'Mitglieder mit der Rolle {role}',
    allowed: 'Mitschrift erlaubt in: {where} (`/settings set`)',
    everywhere: 'allen Sprachkanälen',
    notVoice: 'Ich sehe keinen Sprachkanal „{typed}“. Nenne Kanäle wie #eins #zwei oder nimm `all`.',
    tooManyChannels: 'Du kannst höchstens {count} Kanäle wählen.',
    autoStart: 'Besprechungen starten automatisch: {where} (`/settings set`)',
    autoStartIn:
      'in {voice}, sobald {people, plural, one {# Person} other {# Personen}} da {people, plural, one {ist} other {sind}}',
    never: 'nie',
    speakerWebhooks: 'Unter den Namen der Sprechenden: {choice} (`/settings set`)',
    whereWebhooks: 'ja, wo ich Webhooks verwalten darf',
    no: 'nein',
    thread: 'Ein Thread je Besprechung: {choice} (`/settings set`)',
    languageThreads: 'Ein Thread je Übersetzungssprache: {choice} (`/settings set`)',
    yes: 'ja',
    hiddenChannel: 'ein Kanal, den du nicht sehen kannst',
  },
  status: {
    running: 'Mitschrift von',
    paused: 'Pausiert:',
    finishing: 'Wird beendet:',
    restarting: 'Startet neu:',
    head: '**{state} {voice}** → {text}, gestartet {since} von {starter}',
    spoken: 'Gesprochen: {language}; keine Übersetzungen.',
    spokenAndTranslated: 'Gesprochen: {language}; übersetzt in: {languages}.',
    nobody: 'Niemand ist da.',
    more: '… und {count} weitere',
    optedOut: 'möchte nicht gehört werden',
    notOptedIn: 'hat nicht zugestimmt, wird nicht gehört (`/privacy opt-in`)',
    notYetHeard: 'noch nicht gehört',
    heardNow: 'gerade zu hören',
    lastHeard: 'zuletzt gehört {ago}',
    endToEnd: 'Ende-zu-Ende-verschlüsselt',
    transportOnly: 'nicht Ende-zu-Ende-verschlüsselt',
    negotiating: 'Verschlüsselung wird ausgehandelt',
    unreadable: '{encryption} ({count, plural, one {# Paket} other {# Pakete}} unlesbar)',
    sttIdle: 'Spracherkennung wartet auf Sprache',
    sttConnecting: 'verbindet sich mit der Spracherkennung',
    sttLive: 'Spracherkennung läuft',
    sttWaiting: 'wartet, bis die Spracherkennung frei ist',
    sttRetrying: 'Spracherkennung verloren, neuer Versuch',
    sttStopped: 'Spracherkennung angehalten',
    noText: 'noch kein Text',
    lastText: 'letzter Text {ago}',
    secondsAgo: 'vor {seconds} s',
    minutesAgo: 'vor {minutes} min',
    notInformed: 'kann nirgends lesen, dass mitgeschrieben wird, wird nicht gehört',
  },
  summary: {
    keyPoints: 'Das Wichtigste',
    decisions: 'Beschlüsse',
    actions: 'Aufgaben',
    questions: 'Offene Fragen',
    written:
      'Das hat das Sprachmodell {model} geschrieben. Es kann sich irren: Folge den Zeiten, um nachzusehen, was gesagt wurde.',
    tokensRead: '{count} Token gelesen',
    tokensWritten: '{count} geschrieben',
    otherLanguage: 'Die Zusammenfassung ist auf {given}, nicht auf {wanted}.',
    failed: 'Das Sprachmodell hat keine Zusammenfassung geschrieben: {because}.',
    quoted:
      'Diese Zeilen sind aus der Mitschrift zitiert, weil sie mit dem Übrigen am meisten gemeinsam haben. Es wurde nichts hinzugefügt.',
    late: 'es hat nicht rechtzeitig geantwortet',
    unreachable: 'es war nicht erreichbar',
    refused: 'sein Server hat abgelehnt',
    busy: 'sein Server war überlastet',
    unusable: 'seine Antwort war nicht zu gebrauchen',
    tooLong: 'es bekam mehr Text, als es auf einmal lesen kann',
    shutdown: 'Parley wurde gerade abgeschaltet',
  },
  transcribe: {
    nothingRuns: 'Auf diesem Server wird nichts mitgeschrieben. Mit `/transcribe start` fängst du an.',
    joinFirst: 'Tritt zuerst einem Sprachkanal bei oder nenne einen: `/transcribe start voice-channel:…`',
    noText: 'Ich sehe keinen Kanal, in dem ich schreiben kann. Nenne einen mit `/transcribe start text-channel:…`',
    alreadyRunning:
      'Ich schreibe auf diesem Server schon {voice} mit (gestartet {since} von {starter}, zu lesen in {text}). Ich kann auf einem Server nur in einem Sprachkanal zugleich sein: Mit `/transcribe stop` beendest du diese Besprechung.',
    justStarted: 'Jemand anderes hat hier gerade eine Besprechung gestartet.',
    started: 'Ich höre in {voice} zu. Was gesagt wird, erscheint in {text}.',
    pausedAlready: 'Die Besprechung ist schon pausiert. Mit `/transcribe resume` geht es weiter.',
    toldPaused: '⏸️ {name} hat die Mitschrift pausiert: Bis `/transcribe resume` höre ich nichts.',
    paused: 'Pausiert: Ab jetzt höre und schreibe ich nichts. Mit `/transcribe resume` geht es weiter.',
    notPaused: 'Die Besprechung ist nicht pausiert: Ich schreibe mit, was gesagt wird.',
    toldResumed: '▶️ {name} hat die Mitschrift fortgesetzt: Ich höre wieder zu.',
    resumed: 'Fortgesetzt: Ich höre wieder zu.',
    over: 'Die Besprechung in {voice} ist zu Ende: {contents}. Das Protokoll steht in {minutes}, und auch `/minutes latest` zeigt es.',
    nothingSaid: 'es wurde nichts gesagt, das ich mitschreiben konnte',
    contents:
      '{lines, plural, one {eine Zeile} other {# Zeilen}} von {people, plural, one {einer Person} other {# Personen}}',
  },
  usage: {
    notAllowed: 'Ich darf nur auf bestimmten Servern arbeiten, und dieser gehört nicht dazu. Deshalb verlasse ich ihn.',
    usedUp:
      'Dieser Server hat seine Audiominuten für diesen Monat aufgebraucht. Am Ersten des nächsten Monats (UTC) beginnt die Zählung neu. Die Verwaltung sieht Genaueres mit `/usage`.',
    filesUsedUp:
      'Dieser Server hat seine Audiominuten für diesen Monat aufgebraucht. Am Ersten des nächsten Monats (UTC) beginnt die Zählung neu.',
    nearly:
      'Dieser Server hat mehr als 80 % seiner Audiominuten für diesen Monat verbraucht. Sind sie aufgebraucht, enden Besprechungen. Die Verwaltung sieht Genaueres mit `/usage`.',
    ends: 'Dieser Server hat seine Audiominuten für diesen Monat aufgebraucht. Die Besprechung endet hier, das Protokoll folgt.',
    head: '**Was dieser Server im {month} verbraucht hat** (UTC)',
    total: '{used} Minuten Audio; es gibt kein Limit.',
    totalOf: '{used} von {limit} Minuten Audio ({percent} %).',
    kinds:
      'Besprechungen: {meetings} · Audiodateien: {files}. Alle, die sprechen, zählen einzeln, Pausen eingeschlossen, solange die Spracherkennung zuhört.',
  },
};
