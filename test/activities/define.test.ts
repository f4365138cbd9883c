import {expect, test} from 'vitest';
import {z} from 'zod';
import {defineCapability, tool} from '../../activities/define.ts';
import {makeGlobals} from '../../workflows/interpreter/builtins/globals.ts';
import {runProgram} from '../../workflows/interpreter/index.ts';
import {globalNames, reservedWords} from '../../workflows/interpreter/reserved-names.ts';
import {scriptedHost} from '../interpreter/scripted-host.ts';

function capabilityWith(name: string) {
  const run = async () => null;
  return () =>
    defineCapability({name: 'files', tools: {[name]: tool({description: 'd', input: z.object({}), run})}});
}

test.for([
  'delete',
  'void',
  'await',
  'gather',
  'console',
  'agent',
  'args',
  'search_tools',
  'arguments',
  'undefined',
])('no tool is named %s', (name) => {
  expect(capabilityWith(name)).toThrow(
    `files.${name}: a tool cannot be named "${name}", which means something else in programs. Rename it, e.g. to files_${name}.`,
  );
});

test.for(['fetch', 'process', 'delete_file', 'get', 'of', 'files', 'main'])(
  'a tool may be named %s, and a program can call it',
  async (name) => {
    expect(capabilityWith(name)).not.toThrow();
    const outcome = await runProgram(`return await ${name}({})`, scriptedHost({[name]: () => 'called'}));
    expect(outcome).toMatchObject({status: 'completed', value: 'called'});
  },
);

test('every global of programs is a name that no tool may have', () => {
  const host = {...scriptedHost(), searchTools: () => []};
  expect(globalNames).toEqual(expect.arrayContaining([...makeGlobals(new Map(), host).keys()]));
});

test('every reserved word is one that no program can declare as a function', async () => {
  // `async` could be one, and would read like something else.
  for (const word of reservedWords.filter((reserved) => reserved !== 'async')) {
    const outcome = await runProgram(`function ${word}() {}\nreturn 1`, scriptedHost());
    expect(outcome, word).toMatchObject({status: 'failed'});
  }
});
