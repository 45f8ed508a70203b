import { describe, expect, it } from 'vitest';
import { columnsOf } from '../../../src/core/text/columns.ts';
import { LOCALES, type Locale } from '../../../src/i18n/locales.ts';
import { wordsFor } from '../../../src/i18n/words.ts';
import { EXPORT_FORMATS, exportMinutes } from '../../../src/minutes/export-minutes.ts';
import { drawableLocale } from '../../../src/minutes/fonts/drawable-locale.ts';
import { drawable, fontsFor } from '../../../src/minutes/fonts/fonts.ts';
import { buildMinutes } from '../../../src/minutes/model/build-minutes.ts';
import { NAME_COLUMNS } from '../../../src/minutes/picture/look.ts';
import { drawTimeline } from '../../../src/minutes/picture/timeline.ts';
import { renderMinutes } from '../../../src/minutes/render-minutes.ts';
import { minutesMessage } from '../../../src/minutes/text/minutes-message.ts';
import { makeFinal, makeTranslation } from '../../support/make.ts';
import { fourScripts } from '../support/four-scripts.ts';
import { readDocx } from '../support/read-docx.ts';
import { readPdf } from '../support/read-pdf.ts';
import { readTranscript } from '../support/read-transcript.ts';

const HEADINGS = /^## (.*)$/gm;

function posted(locale: Locale, languages: readonly string[] = []) {
  const { overview, files } = renderMinutes(fourScripts, { locale, languages });
  return { overview, documents: files.filter(({ name }) => name.endsWith('.md')).map(({ bytes }) => `${bytes}`) };
}

function headingsOf(markdown = ''): string[] {
  return [...markdown.matchAll(HEADINGS)].map(([, heading = '']) => heading);
}

describe('the minutes of a German server', () => {
  const { overview, documents } = posted('de');
  const [markdown = ''] = documents;

  it('have a German overview', () => {
    expect(overview).toContain('· Ende: alle waren gegangen');
    expect(overview).toContain('**Das Wichtigste**');
    expect(overview).toContain('**Anwesenheit** (6)');
    expect(overview).toContain('– Ende\n');
    expect(overview).toContain(
      '**Sprachen** gesprochen: Arabisch, Englisch, Japanisch, Russisch · übersetzt in Spanisch',
    );
    expect(overview).toContain('**Nicht mitgeschrieben** 4 s: die Spracherkennung war nicht verfügbar');
    expect(overview).toMatch(/Vollständige Mitschrift: die angehängte Datei `minutes-.*\.md`$/);
  });

  it('have a German document that keeps the English heading Transcript for programs', () => {
    expect(headingsOf(markdown)).toEqual([
      'Das Wichtigste',
      'Aufgaben',
      'Offene Fragen',
      'Anwesenheit',
      'Redezeit',
      'Sprachen',
      'Nicht mitgeschrieben',
      'Transcript',
    ]);
    expect(markdown).toContain('- Datum: 2026-11-23, 10:00:00 UTC\n- Dauer: 1 h 2 min\n- Sprachkanal: Büro & Café\n');
    expect(markdown).toContain('- Alle: 10:16:40 (00:16:40), 2 min: nicht fürs Protokoll (pausiert)');
    expect(markdown).toContain('*(unbestätigt)*');
  });

  it('have a German placeholder for a missing name', () => {
    expect(markdown).toContain('**Unbekannt 8765** (01:00:05)');
  });

  it('have a picture with German labels', () => {
    const svg = drawTimeline(buildMinutes(fourScripts, { locale: 'de' }));
    for (const label of ['Redezeit', 'spricht', 'im Kanal', 'zwei oder mehr zugleich', '6 Personen'])
      expect(svg).toContain(label);
    expect(svg).not.toContain('talk time');
  });
});

describe('the minutes of a Japanese server', () => {
  const { overview, documents } = posted('ja');

  it('have a Japanese overview and document', () => {
    expect(overview).toContain('**出席者** (6)');
    expect(overview).toContain('全文: 添付ファイル `minutes-');
    expect(headingsOf(documents[0])).toEqual([
      '要点',
      'タスク',
      '未解決の質問',
      '出席者',
      '発言時間',
      '言語',
      '文字起こしされなかった部分',
      'Transcript',
    ]);
  });

  it('have a picture and a PDF in Japanese, or in English when no font has the letters', async () => {
    const isDrawable = drawable('発言中', fontsFor(['発言中'])) === '発言中';
    expect(drawableLocale('ja')).toBe(isDrawable ? 'ja' : 'en-US');
    const svg = drawTimeline(buildMinutes(fourScripts, { locale: 'ja' }));
    expect(svg).toContain(isDrawable ? '>発言中<' : '>speaking<');
    expect(svg).not.toContain(isDrawable ? '>speaking<' : '>発言中<');
    const { lines } = readPdf((await exportMinutes(fourScripts, { format: 'pdf', locale: 'ja' })).bytes);
    expect(lines).toContain(isDrawable ? '出席者' : 'Attendance');
  });
});

describe('a document in another language', () => {
  const { documents } = posted('de', ['es', 'fr']);

  it('is in that language throughout', () => {
    const [, spanish = '', french = ''] = documents;
    expect(headingsOf(spanish)).toEqual([
      'Puntos clave',
      'Tareas',
      'Asistencia',
      'Tiempo de palabra',
      'Idiomas',
      'Sin transcribir',
      'Transcript',
    ]);
    expect(spanish).toContain('- Transcripción en: español');
    expect(spanish).toContain('*(en ruso)*');
    expect(headingsOf(french)).toContain('Temps de parole');
  });

  it('has headings in the server’s language when Parley does not speak the language of the lines', () => {
    const record = {
      ...fourScripts,
      finals: [makeFinal({ utteranceId: 'a' })],
      translations: [makeTranslation({ utteranceId: 'a', language: 'uk', text: 'Привіт' })],
    };
    const { files } = renderMinutes(record, { locale: 'de', languages: ['uk'] });
    const ukrainian = files.find(({ name }) => name.endsWith('.uk.md'))?.bytes.toString() ?? '';
    expect(ukrainian).toContain('- Mitschrift auf: Ukrainisch');
    expect(ukrainian).toContain('\nПривіт\n');
  });
});

describe('minutes for programs', () => {
  it('are in English as JSON, whatever the reader’s language', async () => {
    const english = await exportMinutes(fourScripts, { format: 'json' });
    const german = await exportMinutes(fourScripts, { format: 'json', locale: 'de' });
    expect(german.bytes.toString()).toBe(english.bytes.toString());
  });

  it('go to the webhook with text in the server’s language and data in English', () => {
    const sent = JSON.parse(minutesMessage(fourScripts, { locale: 'fr' }));
    expect(sent.text).toContain('Présence');
    expect(sent.text).not.toContain('Transcription\n');
    expect(sent.markdown).toContain('## Temps de parole');
    expect(sent.minutes.summary.note).toContain('The language model');
  });
});

describe.each(LOCALES)('minutes in %s', (locale) => {
  it('are made in every format', async () => {
    const attendance = wordsFor(locale).t('document.attendance');
    for (const format of EXPORT_FORMATS.filter((one) => one !== 'pdf')) {
      const { bytes } = await exportMinutes(fourScripts, { format, locale });
      if (format === 'docx') expect(readDocx(bytes).lines).toContain(attendance);
      if (format === 'txt') expect(bytes.toString()).toContain(`\n${attendance}\n---`);
      if (format === 'vtt') expect(bytes.toString()).toContain(`[${wordsFor(locale).t('document.unconfirmed')}]`);
    }
  });

  it('hold the same transcript as in English', () => {
    const lines = (one: Locale) =>
      readTranscript(posted(one).documents[0] ?? '').map(
        ({ at, text }) => `${at} ${text?.replace(/ \*\(.*\)\*$/, '')}`,
      );
    expect(lines(locale).length).toBeGreaterThan(5);
    expect(lines(locale)).toEqual(lines('en-US'));
  });

  it('have an overview that fits into one message, however many people came', () => {
    const people = Array.from({ length: 99 }, (_, n) => `${1000 + n}`);
    const attendance = people.map((speakerId) => ({ speakerId, displayName: `Person ${speakerId}`, joinedMs: 0 }));
    const finals = people.map((speakerId) => makeFinal({ utteranceId: speakerId, speakerId }));
    const { overview } = renderMinutes({ ...fourScripts, attendance, finals }, { locale });
    expect(overview.length).toBeLessThanOrEqual(1_900);
    expect(overview.match(/^- … .*\d+/gm)).toHaveLength(2);
  });

  it('leave room in the picture for the numbers of people without drawable names', () => {
    expect(columnsOf(wordsFor(locale).t('document.unknownSpeaker', { id: '8765' }))).toBeLessThanOrEqual(NAME_COLUMNS);
  });

  it('leave room for the line that counts the points that do not fit', () => {
    expect(wordsFor(locale).t('overview.moreInFile', { count: 999 }).length).toBeLessThan(38);
  });
});
