import { describe, expect, it } from 'vitest';
import { shareAWord } from '../../../src/core/text/grounded.ts';

describe('a claim and the words that it cites', () => {
  it.each([
    ['a word', 'The release is late', 'the RELEASE, I am afraid'],
    ['a word with another ending', 'They decided to ship', 'That was our decision'],
    ['a number', 'Bo pays 40 euros', 'Für mich sind 40 genug'],
    ['a name', 'Palabra is to be asked', 'Preguntamos a Palabra'],
    ['accents or none', 'El café cierra', 'cafe'],
    ['German with its endings', 'Die Lieferung kommt am Montag', 'Wir liefern es'],
    ['Russian with its endings', 'Решили отложить выпуск', 'выпуска не будет'],
    ['Japanese without spaces', '来週の会議で決定する', 'では会議を始めます'],
    ['a Chinese word', '我们决定推迟发布', '发布要晚一点'],
    ['a Chinese word of one sign', '金', '他说 金'],
    ['a short word', 'The fox', 'a fox'],
    ['Korean with its particles', '회의를 연기한다', '다음 회의는 언제'],
    ['Thai without spaces', 'เลื่อนการประชุม', 'ประชุมวันจันทร์'],
    ['Arabic', 'تم تأجيل الاجتماع', 'متى الاجتماع'],
    ['its translation, where there is one', 'The budget is approved', 'Se aprueba el presupuesto', 'The budget passes'],
  ])('share %s', (_, claim, ...cited) => {
    expect(shareAWord(claim, cited)).toBe(true);
  });

  it.each([
    ['nothing', 'Bob agreed to pay everybody', 'I had a nice weekend'],
    ['grammar alone', 'They will have that and the other for you', 'The rain and that, with them all'],
    ['Japanese grammar alone', '予算を承認しました', '昨日は雨でした。そうでした'],
    ['letters within words', 'The cart is art', 'Partly heartfelt'],
    ['a sign of a Chinese word', '发表', '发明'],
    ['the last sign of a Chinese line', '我们开会', '会'],
    ['a word of two letters', 'We go', 'go on'],
    ['another number', 'Bo pays 400 euros', 'I was 40 when it rained'],
    ['languages that have no word in common', 'The budget is approved', 'Se aprueba el presupuesto'],
    ['an assent', 'Bob agreed to pay', 'Yes, OK'],
    ['silence', 'Bob agreed to pay', ''],
  ])('share %s: not enough', (_, claim, ...cited) => {
    expect(shareAWord(claim, cited)).toBe(false);
  });
});
