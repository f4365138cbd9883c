import {describe, expect, it} from 'vitest';
import type {HistoryEvent} from '../../source/history/event.ts';
import {emptyForest, foldEvents} from '../../source/history/fold.ts';
import {formatTree} from '../../source/history/format-tree.ts';
import {unhandledNote} from '../../workflows/protocol/program-result.ts';
import {canceled, childFailure, failures, programWithSubagent, rootId} from './families.ts';
import {Recorder} from './recorder.ts';

const golden = {times: false, ids: false};

const trees: [title: string, events: HistoryEvent[], lines: string[]][] = [
  [
    'a program with a tool and a subagent',
    programWithSubagent(),
    [
      '◆ assistant ✓ completed',
      '├─ turn 1  model.request ✓',
      '│  └─ ƒ run_ptc ✓ 2 calls',
      '│     ├─ ✓ L2 sandbox.write_file notes/a.txt',
      '│     └─ ◆ L3 spawn generic “Write b” ✓ completed',
      '│        ├─ turn 1  model.request ✓',
      '│        │  └─ ✓ sandbox.write_file notes/b.txt',
      '│        └─ turn 2  model.request ✓ “b is written”',
      '└─ turn 2  model.request ✓ “Both are written.”',
    ],
  ],
  [
    'attempts, failures and calls without events',
    failures(),
    [
      '◆ assistant running',
      '├─ turn 1  model.request ✓',
      '│  ├─ ✓ faults.flaky times: 2 attempt 3',
      '│  ├─ ✗ sandbox.read_file ../secret ToolValidationError: path leads out of the sandbox',
      '│  ├─ ✗ no_such_tool x: 1 ToolValidationError: no tool named no_such_tool',
      '│  └─ ✓ sandbox.write_file a.txt',
      '└─ turn 2  model.request ○',
    ],
  ],
  [
    'a root cause through a child',
    childFailure(),
    [
      '◆ assistant ✗ failed ToolExecutionError: disk is full',
      '└─ turn 1  model.request ✓',
      '   └─ ◆ spawn generic “Break” ✗ failed ToolExecutionError: disk is full',
      '      └─ turn 1  model.request ✗ ToolExecutionError: disk is full',
    ],
  ],
  [
    'a run that is being canceled',
    canceled().slice(0, -3),
    ['◆ assistant ⊘ canceling', '└─ turn 1  model.request ✓', '   └─ ⊘ faults.slow seconds: 60'],
  ],
  [
    'a canceled run',
    canceled(),
    ['◆ assistant ⊘ canceled', '└─ turn 1  model.request ✓', '   └─ ⊘ faults.slow seconds: 60'],
  ],
];

describe('formatTree', () => {
  it.each(trees)('draws %s', (_title, events, lines) => {
    expect(formatTree(foldEvents(emptyForest, events), rootId, golden)).toEqual(lines);
  });

  it('marks a program that left failures unhandled', () => {
    const run = new Recorder(rootId);
    run.start();
    run.model(1, [{name: 'run_ptc', input: {code: 'read_file({}); 1'}}]);
    const failure = {
      call: 1,
      tool: 'read_file',
      line: 1,
      name: 'ToolExecutionError',
      message: 'no such file',
    };
    const result = {value: 1, unhandled: [failure, failure], note: unhandledNote};
    run.model(2, 'Read.', [{role: 'tool', callId: 't1.c1', name: 'run_ptc', result}]);
    expect(formatTree(foldEvents(emptyForest, run.events), rootId, golden)).toContain(
      '│  └─ ƒ run_ptc ⚠ 0 calls nobody awaited ToolExecutionError: no such file and 1 more',
    );
  });

  it('draws a program that runs without a model right below its run', () => {
    const run = new Recorder(rootId);
    run.start({prompt: '', program: 'await write_file({})'});
    run.tool('t1.c1.1', 'sandbox.write_file', {path: 'a'}, 'wrote', 1);
    run.complete('', {files: ['a']});
    expect(formatTree(foldEvents(emptyForest, run.events), rootId, golden)).toEqual([
      '◆ assistant ✓ completed {files: ["a"]}',
      '└─ ƒ run_ptc ✓ 1 call',
      '   └─ ✓ L1 sandbox.write_file a',
    ]);
  });

  it('shows ids, durations and workers where asked for', () => {
    const forest = foldEvents(emptyForest, canceled());
    expect(formatTree(forest, rootId, {workers: true})).toEqual([
      '◆ agent-7f3a91c0 ⊘ canceled 1.5s @worker-1',
      '└─ turn 1  model.request ✓ 8ms @worker-1',
      '   └─ ⊘ faults.slow seconds: 60 1.5s @worker-1',
    ]);
  });

  it('measures what runs up to now, and clips lines to the width', () => {
    const events = canceled().slice(0, -3);
    const now = (events.at(-1)?.time ?? 0) + 61_000;
    expect(formatTree(foldEvents(emptyForest, events), rootId, {now, width: 46})).toEqual([
      '◆ agent-7f3a91c0 ⊘ canceling 1m 03s',
      '└─ turn 1  model.request ✓ 8ms',
      '   └─ ⊘ faults.slow seconds: 60 1m 03s',
    ]);
    expect(formatTree(foldEvents(emptyForest, events), rootId, {width: 12})[0]).toBe('◆ agent-7f3…');
  });

  it('has no line for a run that is not there', () => {
    expect(formatTree(emptyForest, rootId)).toEqual([]);
  });

  it('lets no control sequence through, whoever says it', () => {
    const evil = 'a\u001b]52;c;aGk=\u0007\u001b[2J\u009b1A\rb\u202ec';
    const run = new Recorder(rootId);
    run.start({agent: evil});
    run.model(1, [
      {name: evil, input: {path: evil}},
      {name: 'write_file', input: {path: evil}},
    ]);
    run.tool('t1.c2', `sandbox.${evil}`, {path: evil}, evil);
    run.model(2, evil);
    run.complete(evil);
    const text = formatTree(foldEvents(emptyForest, run.events), rootId, golden).join('');
    expect(text).toContain('sandbox.a bc a bc');
    expect(text).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
  });
});
