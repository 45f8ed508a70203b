export const catchUp = {
  none: 'ここには、あなたが読める会議がありません。',
  head: '**{voice} で {from} から {to} までに話されたこと**',
  nothing: '{voice} では {from} から {to} まで、書き取れる発言はありませんでした。',
  earlier: '-# これより前の {count, plural, other {# 行}}は、ほかのすべてとともにファイルにあります。',
  all: '-# {count, plural, other {全 # 行}}はファイルにあります。',
  summaryAgain: '-# 要約は{when}からまた作成できます。',
};
