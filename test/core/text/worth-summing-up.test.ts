import { describe, expect, it } from 'vitest';
import { isWorthSummingUp } from '../../../src/core/text/worth-summing-up.ts';

const isEnough = (...said: string[]) => isWorthSummingUp(said.map((text) => ({ text })));
const times = (count: number, text: (n: number) => string) => Array.from({ length: count }, (_, n) => text(n));

describe('what was said', () => {
  it.each([
    ['a paragraph of one person', [times(50, (n) => `word${n}`).join(' ')]],
    ['many short lines that differ', times(25, (n) => `Point ${n}`)],
    ['a talk in Japanese', ['来年の予算について先に話し合いましょう。'.repeat(6)]],
    ['a talk in Chinese', ['我们决定推迟发布新的版本'.repeat(9)]],
    ['a talk in Thai', ['เลื่อนการประชุมไปวันจันทร์หน้า'.repeat(10)]],
    ['a talk in Korean', [times(50, (n) => `회의${n}를`).join(' ')]],
    ['a talk in Arabic', [times(50, (n) => `اجتماع${n}`).join(' ')]],
    ['two languages', [...times(30, (n) => `word${n}`), '予算について話し合いましょう'.repeat(4)]],
  ])('is worth a summary: %s', (_, said) => {
    expect(isEnough(...said)).toBe(true);
  });

  it.each([
    ['nothing', []],
    ['a greeting', ['Hello?']],
    ['a microphone that is tried', times(500, () => 'Hello? Can you hear me?')],
    ['the same with other signs', times(500, (n) => `Hello${'!'.repeat(n % 9)} can you hear me`)],
    ['twelve lines of assent', times(12, (n) => ['Yes', 'OK', 'Right', 'Mm'][n % 4] ?? '')],
    ['two sentences', ['We agreed to ship on Monday', 'I will write the notes by Friday']],
    ['two sentences of Japanese', ['来年の予算について先に話し合いましょう', '広告を減らします']],
    ['signs without words', times(99, () => '… — !')],
    ['a Thai greeting', ['สวัสดีครับ ได้ยินไหมครับ']],
  ])('is read as quickly itself: %s', (_, said) => {
    expect(isEnough(...said)).toBe(false);
  });

  it('is judged in a moment, however much it is', () => {
    const begun = process.cpuUsage(); // not the time, in which others may have the processor
    isEnough('あ'.repeat(90), ...times(20_000, () => `${'-'.repeat(200)}`));
    expect(process.cpuUsage(begun).user).toBeLessThan(1_000_000);
  });
});
