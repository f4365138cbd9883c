import {describe, expect, it} from 'vitest';
import {compareConcurrent, compareSequential, droppedFields, type JsonEvent} from './history-comparison.ts';

const attributes = (type: string) =>
  `${type[0]?.toLowerCase()}${type.slice(1).replaceAll(/_(\w)/g, '$1')}EventAttributes`;

function event(id: number, type: string, fields: Record<string, unknown> = {}): JsonEvent {
  const constant = `EVENT_TYPE_${type.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase()}`;
  return {eventId: `${id}`, eventType: constant, eventTime: `${id}`, [attributes(type)]: fields};
}

const history: readonly JsonEvent[] = [
  event(1, 'WorkflowExecutionStarted', {workflowType: {name: 'w'}}),
  event(2, 'WorkflowTaskScheduled'),
  event(3, 'ActivityTaskScheduled', {activityId: 'a'}),
  event(4, 'ActivityTaskScheduled', {activityId: 'b'}),
  event(5, 'TimerStarted', {timerId: 't'}),
  event(6, 'StartChildWorkflowExecutionInitiated', {workflowId: 'c'}),
  event(7, 'ActivityTaskStarted', {scheduledEventId: '3'}),
  event(8, 'ActivityTaskCompleted', {scheduledEventId: '3', startedEventId: '7'}),
  event(9, 'ChildWorkflowExecutionStarted', {initiatedEventId: '6'}),
  event(10, 'TimerFired', {timerId: 't', startedEventId: '5'}),
  event(11, 'WorkflowExecutionCompleted', {result: 1}),
];

const comparisons = [
  ['sequential', compareSequential],
  ['concurrent', compareConcurrent],
] as const;

describe.each(comparisons)('the %s comparison', (name, compare) => {
  // Workflow task events count only where batching cannot vary.
  const counted = history.map((_, index) => index).filter((index) => name === 'sequential' || index !== 1);

  it('finds nothing between equal histories', () => {
    expect(compare(history, structuredClone(history))).toEqual([]);
  });

  it.each(counted)('sees that event %i was removed', (index) => {
    expect(compare(history, history.toSpliced(index, 1))).not.toEqual([]);
  });

  it.each(counted)('sees that event %i is there twice', (index) => {
    expect(compare(history, history.toSpliced(index, 0, history[index] as JsonEvent))).not.toEqual([]);
  });

  it.each(counted)('sees that event %i has another attribute', (index) => {
    const changed = {...(history[index] as JsonEvent), userMetadata: {summary: 'another'}};
    expect(compare(history, history.with(index, changed))).not.toEqual([]);
  });
});

describe('order', () => {
  const swapped = (index: number) =>
    history.with(index, history[index + 1] as JsonEvent).with(index + 1, history[index] as JsonEvent);

  it.each(history.slice(1).map((_, index) => index))(
    'matters in sequence between events %i and the next',
    (index) => {
      expect(compareSequential(history, swapped(index))).not.toEqual([]);
    },
  );

  it('matters between commands', () => {
    expect(compareConcurrent(history, swapped(2))).not.toEqual([]);
  });

  it('matters within an activity', () => {
    expect(compareConcurrent(history, swapped(6))).not.toEqual([]);
  });

  it('does not matter between what runs at once', () => {
    expect(compareConcurrent(history, swapped(7))).toEqual([]);
    expect(compareConcurrent(history, swapped(8))).toEqual([]);
  });
});

it.each(Object.values(droppedFields).flat())('%s may differ between servers', (field) => {
  const [first] = history as [JsonEvent];
  const variant = (value: string) => [{...first, nested: [{[field]: value}]}];
  expect(compareSequential(variant('one'), variant('other'))).toEqual([]);
});
