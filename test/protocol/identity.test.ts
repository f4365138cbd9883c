import {describe, expect, it} from 'vitest';
import {
  directCallId,
  modelCallId,
  parseCallId,
  parseSubagentWorkflowId,
  programCallId,
  rootWorkflowId,
  subagentWorkflowId,
  workflowPath,
} from '../../workflows/protocol/identity.ts';

describe('call ids', () => {
  it.each([
    [modelCallId(3), {turn: 3}],
    [directCallId(1, 2), {turn: 1, call: 2}],
    [programCallId(directCallId(1, 2), 3), {turn: 1, call: 2, inner: 3}],
  ])('%s', (id, position) => {
    expect(parseCallId(id)).toEqual(position);
  });

  it.each(['', 't1', 't1.c', 't1.c1.x', 'x1.model', '7'])('%j is none of ours', (id) => {
    expect(parseCallId(id)).toBeUndefined();
  });
});

describe('workflow ids', () => {
  it('tell the parent and the call', () => {
    const id = subagentWorkflowId(subagentWorkflowId('agent-1', 't1.c1'), 't2.c1.4');
    expect(parseSubagentWorkflowId(id)).toEqual({parentWorkflowId: 'agent-1/t1.c1', callId: 't2.c1.4'});
    expect(workflowPath(id)).toEqual(['agent-1', 'agent-1/t1.c1', id]);
    expect(rootWorkflowId(id)).toBe('agent-1');
  });

  it.each(['agent-1', 'team/agent-1', '/t1.c1', 'team/', 'team/t1.model', 'team/t1', ''])(
    '%j is a root’s',
    (id) => {
      expect(parseSubagentWorkflowId(id)).toBeUndefined();
      expect(rootWorkflowId(subagentWorkflowId(id || 'a', 't1.c1'))).toBe(id || 'a');
      expect(rootWorkflowId(id)).toBe(id);
    },
  );
});
