import {describe, expect, it} from 'vitest';
import {describeEvent} from '../../source/history/describe-event.ts';
import type {HistoryEvent} from '../../source/history/event.ts';
import {emptyForest, foldEvents} from '../../source/history/fold.ts';
import {segmentsText} from '../../source/history/segment.ts';
import {canceled, childFailure, failures, programWithSubagent} from './families.ts';

function stream(events: HistoryEvent[], details = false): string[] {
  let forest = emptyForest;
  return events.flatMap((event) => {
    forest = foldEvents(forest, [event]);
    const {workflow, segments, detail} = describeEvent(event, forest);
    return detail && !details ? [] : [`${workflow} ${segmentsText(segments)}`];
  });
}

const streams: [title: string, events: HistoryEvent[], lines: string[]][] = [
  [
    'a program with a subagent',
    programWithSubagent(),
    [
      '7f3a started assistant “write a note and delegate”',
      '7f3a model.request',
      '7f3a ✓ model.request 8ms → run_ptc',
      '7f3a sandbox.write_file notes/a.txt',
      '7f3a ✓ sandbox.write_file notes/a.txt 8ms → wrote 1 byte',
      '7f3a spawn generic “Write b”',
      '7f3a/t1.c1.2 started generic “Write b”',
      '7f3a/t1.c1.2 model.request',
      '7f3a/t1.c1.2 ✓ model.request 8ms → write_file',
      '7f3a/t1.c1.2 sandbox.write_file notes/b.txt',
      '7f3a/t1.c1.2 ✓ sandbox.write_file notes/b.txt 8ms → wrote 1 byte',
      '7f3a/t1.c1.2 model.request',
      '7f3a/t1.c1.2 ✓ model.request 8ms → “b is written”',
      '7f3a/t1.c1.2 ✓ completed “b is written”',
      '7f3a ✓ spawn generic “Write b” 40ms → b is written',
      '7f3a model.request',
      '7f3a ✓ model.request 8ms → “Both are written.”',
      '7f3a ✓ completed “Both are written.”',
    ],
  ],
  [
    'attempts and failures',
    failures(),
    [
      '7f3a started assistant “write a note”',
      '7f3a model.request',
      '7f3a ✓ model.request 8ms → flaky, read_file, no_such_tool, write_file',
      '7f3a faults.flaky times: 2',
      '7f3a sandbox.read_file ../secret',
      '7f3a sandbox.write_file a.txt',
      '7f3a ✓ sandbox.write_file a.txt 8ms → wrote',
      '7f3a ✗ sandbox.read_file ../secret 17ms ToolValidationError: path leads out of the sandbox',
      '7f3a ✓ faults.flaky times: 2 attempt 3 2.0s → third time lucky',
      '7f3a model.request',
    ],
  ],
  [
    'a cancellation',
    canceled().slice(-6),
    [
      '7f3a faults.slow seconds: 60',
      '7f3a ⊘ cancel requested',
      '7f3a ⊘ faults.slow seconds: 60 1.5s cancel requested',
      '7f3a ⊘ faults.slow seconds: 60 1.5s canceled',
      '7f3a ⊘ canceled',
    ],
  ],
];

describe('describeEvent', () => {
  it.each(streams)('tells %s', (_title, events, lines) => {
    expect(stream(events)).toEqual(lines);
  });

  it('names the root cause of a failure', () => {
    expect(stream(childFailure()).slice(-2)).toEqual([
      '7f3a ✗ spawn generic “Break” 16ms ToolExecutionError: disk is full',
      '7f3a ✗ failed ToolExecutionError: disk is full',
    ]);
  });

  it('has plain words for every other event', () => {
    expect(stream(programWithSubagent(), true).slice(1, 4)).toEqual([
      '7f3a workflow task scheduled',
      '7f3a workflow task started',
      '7f3a workflow task completed',
    ]);
  });
});
