import {expect, it} from 'vitest';
import {emptyForest} from '../../source/history/fold.ts';
import {textPrinter} from '../../source/output/text-printer.ts';

const hostile = 'a\u001b]52;c;aGk=\u0007b\u001b[2Jc\rd';

it.for([
  ['a note', (printer: ReturnType<typeof textPrinter>) => printer.note({type: 'note'}, hostile)],
  ['an error', (printer: ReturnType<typeof textPrinter>) => printer.error({code: 1, message: hostile})],
  [
    'a remark',
    (printer: ReturnType<typeof textPrinter>) =>
      printer.result({
        workflowId: 'agent-1',
        result: {status: 'completed', answer: hostile},
        forest: emptyForest,
        files: [hostile],
        remarks: [hostile],
      }),
  ],
] as const)('%s reaches the terminal without control sequences', ([, print]) => {
  let written = '';
  const write = (text: string) => {
    written += text;
  };
  print(textPrinter({out: write, error: write, color: false, live: false}));
  expect(written).toContain('ab');
  expect(written).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
});
