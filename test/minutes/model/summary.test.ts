import { describe, expect, it } from 'vitest';
import type { MeetingRecord } from '../../../src/core/record.ts';
import type { Summary } from '../../../src/core/summary.ts';
import { exportMinutes } from '../../../src/minutes/export-minutes.ts';
import { renderPage } from '../../../src/minutes/page/page.ts';
import { renderMinutes } from '../../../src/minutes/render-minutes.ts';
import { minutesJson } from '../../../src/minutes/text/minutes-json.ts';
import { makeFinal, makeHead, makeTranslation } from '../../support/make.ts';
import { fourScripts } from '../support/four-scripts.ts';
import { readDocx, unzip } from '../support/read-docx.ts';
import { readPdf } from '../support/read-pdf.ts';

const SAID = [
  'The release of the new parser is late because the parser tests fail',
  'Somebody brought a large cake to the kitchen this morning',
  'If the parser tests fail again we cannot cut the release this week',
  'The trains were crowded near the station all day long',
  'So the release waits until the tests of the parser are fixed',
  'We might go hiking next weekend if the weather stays dry',
  'My cat slept on the keyboard for the whole morning again',
];

/** A talk in which something is asked, promised and decided. */
const SPOKEN: Partial<MeetingRecord> = {
  attendance: [
    { speakerId: '100', displayName: 'Ana', joinedMs: 0 },
    { speakerId: '200', displayName: 'Ben', joinedMs: 0 },
  ],
  finals: [
    ['100', 'Good morning, everyone. Shall we begin with the release of the parser?'],
    ['200', 'The release of the new parser is late because the parser tests fail on Windows'],
    ['100', 'If the parser tests fail again we cannot cut the release this week'],
    ['100', 'Great. Who fixes the parser tests?'],
    ['200', 'I will, until Wednesday evening.'],
    ['100', 'What about the documentation?'],
    ['200', "No idea. Okay, then it's settled, the release waits."],
  ].map(([speakerId = '', text = ''], n) =>
    makeFinal({ utteranceId: `u${n}`, speakerId, text, startMs: n * 60_000, endMs: n * 60_000 + 5_000 }),
  ),
};

function talk(parts: Partial<MeetingRecord> = {}): MeetingRecord {
  return {
    head: makeHead(),
    endedMs: 600_000,
    ending: 'stopped',
    attendance: [{ speakerId: '100', displayName: 'Ana', joinedMs: 0 }],
    finals: SAID.map((text, n) =>
      makeFinal({ utteranceId: `u${n}`, text, startMs: n * 60_000, endMs: n * 60_000 + 5_000 }),
    ),
    translations: [],
    gaps: [],
    messages: SAID.map((_, n) => ({ utteranceId: `u${n}`, channelId: '20', messageId: `90${n}` })),
    ...parts,
  };
}

function written(bullets: number, parts: object = {}): Extract<Summary, { kind: 'written' }> {
  const keyPoints = Array.from({ length: bullets }, (_, n) => ({
    text: `Point ${n} ${'x'.repeat(150)}`,
    cites: ['u1', 'u3'],
  }));
  const nothing = { decisions: [], actions: [], questions: [] };
  return {
    kind: 'written',
    madeBy: { model: 'small-1' },
    texts: [{ language: 'en', keyPoints, ...nothing, ...parts }],
  };
}

async function markdownOf(record: MeetingRecord, language?: string): Promise<string> {
  const { bytes } = await exportMinutes(record, { format: 'md', ...(language !== undefined && { language }) });
  return bytes.toString();
}

describe('minutes of other kinds of talk', () => {
  const point = { text: 'Something', cites: ['u1'] };
  const all = { decisions: [point], actions: [point], questions: [point] };

  it.each([
    ['meeting', 'en-US', 'Key points', 'Decisions', 'Action items', 'Open questions'],
    ['stand-up', 'en-US', 'Done', 'Agreed', 'Next', 'Blockers'],
    ['tabletop', 'de', 'Was geschah', 'Was die Gruppe beschloss', 'Pläne', 'Offene Rätsel'],
    ['interview', 'fr', 'Réponses', 'Convenu', 'Prochaines étapes', 'Resté sans réponse'],
    ['class', 'ja', '学んだこと', '日程と決まり', '宿題', '答えのなかった質問'],
    ['stand-up', 'pt-BR', 'Feito', 'Combinado', 'A seguir', 'Impedimentos'],
    ['tabletop', 'es-ES', 'Lo que ocurrió', 'Lo que decidió el grupo', 'Planes', 'Misterios sin resolver'],
  ] as const)('have the headings of a %s (%s), posted and exported', async (template, locale, ...headings) => {
    const record = talk({ summary: { ...written(1, all), template } });
    const { bytes } = await exportMinutes(record, { format: 'md', locale });
    const markdown = bytes.toString();
    expect([...markdown.matchAll(/^## (.*)$/gm)].slice(0, 4).map(([, heading]) => heading)).toEqual(headings);
    // What is posted is in the language of the lines: English.
    const { overview } = renderMinutes(record, { locale });
    if (locale === 'en-US') for (const heading of headings) expect(overview).toContain(`**${heading}**`);
  });
});

describe('minutes for which no model wrote a summary', () => {
  it('quote the most central utterances with their speakers and links', async () => {
    const markdown = await markdownOf(talk());
    expect(markdown).toContain(
      `## Key points\n\n- **Ana**: “${SAID[0]}” ([00:00:00](https://discord.com/channels/1/20/900))\n- **Ana**: “${SAID[2]}” (`,
    );
    expect(markdown).toContain(
      '\n*These lines are quoted from the transcript, because they have the most in common with the rest of it. Nothing was added.*\n',
    );
  });

  it('quote translations when shown in another language', async () => {
    const translations = SAID.map((_, n) => makeTranslation({ utteranceId: `u${n}`, text: `Frase ${n}` }));
    expect(await markdownOf(talk({ translations }), 'es')).toContain('- **Ana**: “Frase 0” (');
  });

  it('say why the model wrote none', async () => {
    const failed = talk({ summary: { kind: 'failed', because: 'no answer in time' } });
    const sentence =
      'The language model wrote no summary: it did not answer in time. These lines are quoted from the transcript';
    expect(await markdownOf(failed)).toContain(sentence);
    expect(renderMinutes(failed).overview).toContain(`-# ${sentence}`);
  });

  it('also quote decisions, promises with their time, and questions with who answered, each with its link', async () => {
    const markdown = await markdownOf(talk(SPOKEN));
    const at = (n: number) => `[00:0${n}:00](https://discord.com/channels/1/20/90${n})`;
    expect(markdown.slice(markdown.indexOf('## Decisions'), markdown.indexOf('## Attendance'))).toBe(
      [
        `## Decisions\n\n- **Ben**: “Okay, then it's settled, the release waits.” (${at(6)})`,
        `## Promised\n\n- **Ben**: “I will, until Wednesday evening.” (due: until Wednesday evening) (${at(4)}, ${at(3)} Ana: “Who fixes the parser tests?”)`,
        `## Open questions\n\n- **Ana**: “What about the documentation?” (${at(5)})`,
        `## Answered questions\n\n- **Ana**: “Who fixes the parser tests?” (${at(3)}, ${at(4)} Ben: “I will, until Wednesday evening.”)`,
        `*These lines are quoted from the transcript: key points because they have the most in common with the rest of it, the other lists by how people say such things, so some may be missing. Nothing was added.*\n\n`,
      ].join('\n\n'),
    );
    expect(markdown).not.toContain('“Good morning');
  });

  it('quote the same sentences of a translation, and its own words for the time', async () => {
    const translations = [
      makeTranslation({ utteranceId: 'u3', text: 'Genial. ¿Quién arregla las pruebas?' }),
      makeTranslation({ utteranceId: 'u4', text: 'Yo, hasta el miércoles.' }),
      makeTranslation({ utteranceId: 'u5', text: 'Sí, ya lo sé, ¿y la documentación?' }),
    ];
    const spanish = await markdownOf(talk({ ...SPOKEN, translations }), 'es');
    expect(spanish).toContain('- **Ben**: “Yo, hasta el miércoles.” (due: hasta el miércoles) (');
    expect(spanish).toContain('Ana: “¿Quién arregla las pruebas?”)');
    expect(spanish).toContain('- **Ana**: “Sí, ya lo sé, ¿y la documentación?” (');
    const dutch = translations.map((one) => ({ ...one, language: 'nl', text: 'Ik, voor woensdag.' }));
    expect(await markdownOf(talk({ ...SPOKEN, translations: dutch }), 'nl')).toContain(
      '- **Ben**: “Ik, voor woensdag.” ([00:04:00]',
    );
  });

  it('are understood by a translation when nobody here understands what was spoken', async () => {
    const finals = talk(SPOKEN).finals.map((final) => ({
      ...final,
      language: 'nl',
      text: 'Ik doe dat voor woensdag.',
    }));
    const translations = talk(SPOKEN).finals.map(({ utteranceId, text, speakerId }) =>
      makeTranslation({ utteranceId, text, speakerId, language: 'en' }),
    );
    const long = finals.map((final, n) => ({ ...final, text: `${final.text} ${'woord '.repeat(9)}${n}` }));
    const markdown = await markdownOf(talk({ ...SPOKEN, finals: long, translations }));
    expect(markdown).toMatch(/## Promised\n\n- \*\*Ben\*\*: “Ik doe dat voor woensdag/);
  });

  it('have the lists in every kind of file, under headings in the language of the reader', async () => {
    const record = talk(SPOKEN);
    const german = { locale: 'de' } as const;
    const headings = ['Das Wichtigste', 'Beschlüsse', 'Zugesagt', 'Offene Fragen', 'Beantwortete Fragen'];
    const { overview, more } = renderMinutes(record, german);
    const posted = [overview, ...more].join('\n');
    for (const heading of headings) expect(posted).toContain(`**${heading}**`);
    expect(posted).toMatch(
      /- \*\*Ben\*\*: “I will, until Wednesday evening\.” \(fällig: until Wednesday evening\) \[00:04:00\]\(\S+ \[00:03:00\]\(\S+ Ana: “Who fixes the parser tests\?”/,
    );
    const linesOf = {
      txt: async () => (await exportMinutes(record, { format: 'txt', ...german })).bytes.toString().split('\n'),
      docx: async () => readDocx((await exportMinutes(record, { format: 'docx', ...german })).bytes).lines,
      pdf: async () => readPdf((await exportMinutes(record, { format: 'pdf', ...german })).bytes).lines,
    };
    for (const lines of Object.values(linesOf)) {
      const read = await lines();
      expect(read.filter((line) => headings.includes(line))).toEqual(headings);
      expect(read.join(' ')).toMatch(/Ben:? “?.*I will, until Wednesday evening.*fällig: until Wednesday evening/);
      expect(read.join(' ')).toMatch(/Who fixes the parser tests\?” ?.*Ben: “I will, until Wednesday evening/);
    }
    const { bytes } = await exportMinutes(record, { format: 'json' });
    expect(minutesJson.parse(JSON.parse(bytes.toString())).summary).toMatchObject({
      isQuoted: true,
      decisions: [{ who: 'Ben', sources: [{ utteranceId: 'u6' }] }],
      actions: [
        { who: 'Ben', due: 'until Wednesday evening', sources: [{ utteranceId: 'u4' }, { utteranceId: 'u3' }] },
      ],
      questions: [{ who: 'Ana', text: '“What about the documentation?”' }],
      answered: [
        {
          who: 'Ana',
          sources: [
            { utteranceId: 'u3' },
            { utteranceId: 'u4', quote: { who: 'Ben', text: 'I will, until Wednesday evening.' } },
          ],
        },
      ],
    });
  });

  it('have the lists on the page, with links to the words', async () => {
    const page = await renderPage(talk(SPOKEN), { locale: 'en-US', formats: [], meetingId: 'm1', head: '' });
    const lists = page.slice(page.indexOf('<h2>Promised</h2>'), page.indexOf('class="note" dir="auto"'));
    expect(lists).toContain(
      '<li dir="auto"><strong><bdi>Ben</bdi></strong>: “I will, until Wednesday evening.” (due: until Wednesday evening) <a class="cite" href="#w4">00:04:00</a> <a class="cite" href="#w3">00:03:00</a> <q dir="auto">Ana: Who fixes the parser tests?</q></li>',
    );
    for (const heading of ['Open questions', 'Answered questions']) expect(lists).toContain(`<h2>${heading}</h2>`);
  });

  it('show none of these lists beside those of a model', async () => {
    const markdown = await markdownOf(talk({ ...SPOKEN, summary: written(1) }));
    expect(markdown).toContain('Point 0');
    expect(markdown).not.toMatch(/## (Decisions|Promised|Open questions|Answered questions)/);
  });

  it('have no key points when little was said', async () => {
    expect(await markdownOf(talk({ finals: [makeFinal()] }))).not.toContain('Key points');
  });
});

describe('minutes with a summary', () => {
  const title = 'Parser release';

  it('take the title of the summary unless somebody gave one', () => {
    expect(renderMinutes(talk({ summary: written(1, { title }) })).title).toBe(title);
    expect(renderMinutes(talk({ head: makeHead({ title: 'Given' }), summary: written(1, { title }) })).title).toBe(
      'Given',
    );
  });

  it('name the model, and its cost if known', async () => {
    const markdown = await markdownOf(fourScripts);
    expect(markdown).toContain('small\\_model-1\\* (1234 tokens read, 56 written, \\$0.0012)');
  });

  it('leave out points whose cited utterances are gone', async () => {
    const finals = talk().finals.filter(({ utteranceId }) => utteranceId === 'u0');
    expect(await markdownOf(talk({ finals, summary: written(1) }))).not.toContain('Point 0');
  });

  it('say when the summary is in another language than the requested one', async () => {
    expect(await markdownOf(talk({ summary: written(1) }), 'fr')).toContain(
      'The summary is in English, not in French.',
    );
  });

  it('link every point to its messages, in the thread of the shown language', async () => {
    const spanish = await markdownOf(fourScripts, 'es');
    expect(spanish).toContain(
      '- Tres preguntas ([00:00:16](https://discord.com/channels/1/21/900000000000000004) Юлия @\u200beveryone: “Buenos días, \\> tenemos 3 preguntas”, ',
    );
    expect(await markdownOf(fourScripts)).toContain(
      '([00:00:16](https://discord.com/channels/1/20/900000000000000003) Юлия @\u200beveryone: “',
    );
  });

  it('link in Word and PDF documents to Discord and to nothing else', async () => {
    const docx = await exportMinutes(fourScripts, { format: 'docx' });
    const targets = unzip(docx.bytes).get('word/_rels/document.xml.rels')?.toString() ?? '';
    const links = [...targets.matchAll(/Target="(https?:[^"]*)"/g)].map(([, url]) => url);
    expect(links.length).toBeGreaterThan(2);
    for (const url of links) expect(url).toMatch(/^https:\/\/discord\.com\/channels\/1\/20\/9\d+$/);
    expect(readDocx(docx.bytes).lines.find((line) => line.startsWith('**Юлия** @everyone: - написать'))).toContain(
      '00:01:02',
    );
    const pdf = await exportMinutes(fourScripts, { format: 'pdf' });
    const addresses = [...pdf.bytes.toString('latin1').matchAll(/\/URI \(([^)]*)\)/g)].map(([, url]) => url);
    expect(new Set(addresses)).toEqual(new Set(links));
    expect(readPdf(pdf.bytes).lines.join('\n')).toContain('مراجعة الأسئلة');
  });

  it('also hold the summary as data', async () => {
    const { bytes } = await exportMinutes(fourScripts, { format: 'json' });
    const { summary } = minutesJson.parse(JSON.parse(bytes.toString()));
    expect(summary).toMatchObject({ isQuoted: false, language: 'ru', model: 'small_model-1*', decisions: [] });
    expect(summary?.actions[0]).toMatchObject({
      who: '**Юлия** @everyone',
      sources: [{ utteranceId: 'b2', url: null }],
    });
  });

  it('use the words of the glossary, in the summary, its title and the transcript', async () => {
    const glossary = [{ written: 'PARSER', heard: ['parser', 'point'], translations: {} }];
    const { bytes } = await exportMinutes(talk({ summary: written(1, { title }) }), { format: 'md', glossary });
    expect(bytes.toString()).toMatch(
      /^# PARSER release\n[\s\S]*- PARSER 0 x+[\s\S]*The release of the new PARSER is late/,
    );
  });
});

describe('the posted overview', () => {
  it('begins with the summary and continues it in further messages without losing a point', () => {
    const { overview, more } = renderMinutes(talk({ summary: written(10) }));
    expect(more.length).toBeGreaterThan(0);
    const all = [overview, ...more].join('\n');
    for (let n = 0; n < 10; n += 1) expect(all.split(`- Point ${n} `)).toHaveLength(2);
    expect(overview.indexOf('**Key points**')).toBeLessThan(overview.indexOf('**Attendance**'));
    const followed = Number(/^- … and (\d+) more in the file$/m.exec(overview)?.[1]);
    expect(followed).toBe(more.join('\n').split('- Point').length - 1);
    for (const message of [overview, ...more]) expect(message.length).toBeLessThanOrEqual(1_900);
  });

  it('links each point to two of its messages', () => {
    const { overview } = renderMinutes(talk({ summary: written(1) }));
    expect(overview).toMatch(
      /^- Point 0 x+ \[00:01:00\]\(https:\/\/discord\.com\/channels\/1\/20\/901\) \[00:03:00\]\(https:\/\/discord\.com\/channels\/1\/20\/903\) Ana: “[^”]{20,60}”$/m,
    );
  });

  it('comes with a document for each requested language that the meeting was translated into', () => {
    const translations = [makeTranslation({ utteranceId: 'u0' })];
    const { files } = renderMinutes(talk({ translations }), { languages: ['es', 'fr'] }, Buffer.from('a picture'));
    expect(files.map(({ name }) => name)).toEqual([
      'minutes-2026-11-23-1000-weekly.md',
      'minutes-2026-11-23-1000-weekly.png',
      'minutes-2026-11-23-1000-weekly.es.md',
    ]);
    expect(files[2]?.bytes.toString()).toContain('- Transcript in: Spanish');
  });
});

describe('minutes of a server in another time zone', () => {
  it('show dates and times of day in that time zone', async () => {
    const record = talk({ head: makeHead({ beganAt: new Date('2026-11-23T20:00:00Z') }) });
    const { name, bytes } = await exportMinutes(record, { format: 'md', timeZone: 'Asia/Tokyo' });
    expect(name).toBe('minutes-2026-11-24-0500-weekly.md');
    expect(bytes.toString()).toContain('- Date: 2026-11-24, 05:00:00 Asia/Tokyo\n');
    expect(bytes.toString()).toContain('- Times of day are in Asia/Tokyo;');
    expect(bytes.toString()).toContain('- **Ana**: 05:00:00 (00:00:00) to the end');
  });
});
