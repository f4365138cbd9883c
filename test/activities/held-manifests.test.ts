import type {Context} from '@temporalio/activity';
import {describe, expect, it} from 'vitest';
import {createHeldManifests} from '../../activities/held-manifests.ts';
import {defaultAgent} from '../../source/agent/default-agent.ts';
import {createManifest} from '../../source/agent/manifest.ts';
import {type HeldManifest, manifestDigest} from '../../workflows/protocol/held-manifest.ts';
import type {AgentManifest} from '../../workflows/protocol/manifest.ts';

const manifests = ['a', 'b', 'c'].map((name) => createManifest({...defaultAgent, name}));

/** What an activity sees of a worker, with holders that answer by `answer`, and how often each was asked. */
function holders(answer: (workflowId: string) => Promise<AgentManifest>) {
  const asked: string[] = [];
  const getHandle = (workflowId: string) => ({
    query: () => {
      asked.push(workflowId);
      return answer(workflowId);
    },
  });
  return {asked, context: {client: {workflow: {getHandle}}} as unknown as Context};
}

function held(manifest: AgentManifest): HeldManifest {
  const holder = {workflowId: manifest.name, runId: 'r'};
  return {version: 2, digest: manifestDigest(manifest), holder, model: 'scripted'};
}

const there = async (name: string) => manifests.find((manifest) => manifest.name === name) as AgentManifest;

describe('manifests that other runs hold', () => {
  it('are asked for once, however many want one at the same time and later', async () => {
    const {asked, context} = holders(there);
    const manifestOf = createHeldManifests(2);
    const [first] = manifests.map(held) as [HeldManifest];
    const all = await Promise.all(Array.from({length: 20}, () => manifestOf(context, first)));
    expect(all).toEqual(Array(20).fill(manifests[0]));
    await manifestOf(context, first);
    expect(asked).toEqual(['a']);
  });

  it('are forgotten in the order in which they were used last', async () => {
    const {asked, context} = holders(there);
    const manifestOf = createHeldManifests(2);
    const [a, b, c] = manifests.map(held) as [HeldManifest, HeldManifest, HeldManifest];
    for (const each of [a, b, a, c, a, b]) await manifestOf(context, each);
    expect(asked).toEqual(['a', 'b', 'c', 'b']);
  });

  it('are asked for again where they could not be had', async () => {
    let isAway = true;
    const {asked, context} = holders(async (name) => {
      if (!isAway) return there(name);
      throw new Error('No answer\n at a place');
    });
    const manifestOf = createHeldManifests(2);
    const [a] = manifests.map(held) as [HeldManifest];
    await expect(manifestOf(context, a)).rejects.toMatchObject({
      message: "The agent's definitions are held by a, which does not give them: No answer.",
      type: 'DefinitionsUnavailable',
      nonRetryable: false,
    });
    isAway = false;
    expect(await manifestOf(context, a)).toEqual(manifests[0]);
    expect(asked).toEqual(['a', 'a']);
  });
});
