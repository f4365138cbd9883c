import {describe, expect, it} from 'vitest';
import {z} from 'zod';
import {AgentDefinitionError} from '../../activities/agent-definition-error.ts';
import {defineCapability, tool} from '../../activities/define.ts';
import {defaultAgent} from '../../source/agent/default-agent.ts';
import {createManifest} from '../../source/agent/manifest.ts';

const notes = defineCapability({
  name: 'notes',
  tools: {write_file: tool({description: 'Takes a name.', input: z.object({}), run: async () => 1})},
});
const unfinished = defineCapability({
  name: 'unfinished',
  tools: {think: tool({description: 'Has no run.', input: z.object({})})},
});

describe('createManifest', () => {
  it('makes at most 3 kB of the default agent', () => {
    expect(JSON.stringify(createManifest(defaultAgent)).length).toBeLessThanOrEqual(3000);
  });

  it('marks only what the workflow implements as workflow-native', () => {
    const native = createManifest(defaultAgent).tools.filter(({transport}) => transport === 'workflow');
    expect(native.map(({name}) => name)).toEqual(['spawn', 'run_ptc']);
  });

  it.each([
    ['scripted models get tools that fail on purpose', {}, true],
    ['and those of a scenario', {model: 'scripted:retry'}, true],
    ['a live model does not', {model: 'claude-opus-5'}, false],
    ['nor where a subagent is live', {agents: {writer: {instructions: '', model: 'openai:gpt-5.5'}}}, false],
  ])('%s', (_, change, offered) => {
    const {tools} = createManifest({...defaultAgent, ...change});
    expect(tools.some(({capability}) => capability === 'faults')).toBe(offered);
    expect(tools.some(({capability}) => capability === 'sandbox')).toBe(true);
  });

  it('takes timeouts and retries as authors write them', () => {
    const {tools, modelActivity} = createManifest({
      ...defaultAgent,
      modelActivity: {startToCloseTimeout: '30s', retry: {maximumAttempts: 4, initialInterval: '1.5s'}},
      toolActivity: {sandbox: {write_file: {startToCloseTimeout: '2m'}}, subagents: {spawn: false}},
    });
    expect(modelActivity).toEqual({
      startToCloseTimeout: 30_000,
      retry: {maximumAttempts: 4, initialInterval: 1500},
    });
    expect(tools.find(({name}) => name === 'write_file')?.activity).toEqual({startToCloseTimeout: 120_000});
  });

  it.each([
    [
      {capabilities: [...defaultAgent.capabilities, notes]},
      'Two tools are named "write_file": sandbox and notes',
    ],
    [{capabilities: [unfinished]}, 'unfinished.think cannot run inside the workflow'],
    [
      {toolActivity: {sandbox: {write_file: false as const}}},
      'sandbox.write_file cannot run inside the workflow',
    ],
    [
      {toolActivity: {sandbox: {wirte_file: {}}}},
      'toolActivity: there is no tool in sandbox named "wirte_file". Did you mean write_file?',
    ],
    [{instructions: 'x'.repeat(1_000_001)}, 'too large'],
    [
      {modelActivity: {retry: {maximumAttempts: 0}}},
      'modelActivity.retry.maximumAttempts must be a whole number from 1 on',
    ],
    [
      {toolActivity: {sandbox: {write_file: {retry: {backoffCoefficient: 0.5}}}}},
      'toolActivity.sandbox.write_file.retry.backoffCoefficient must be at least 1',
    ],
    [
      {modelActivity: {retry: {initialInterval: '10s' as const, maximumInterval: '1s' as const}}},
      'modelActivity.retry maximumInterval must not be shorter',
    ],
  ])('refuses %j', (change, message) => {
    const make = () => createManifest({...defaultAgent, ...change});
    expect(make).toThrow(AgentDefinitionError);
    expect(make).toThrow(message);
  });

  it('refuses a duration that is none', () => {
    const modelActivity = {startToCloseTimeout: 'soon' as '1s'};
    expect(() => createManifest({...defaultAgent, modelActivity})).toThrow('"soon" is not a duration');
  });
});
