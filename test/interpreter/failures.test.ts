import {expect, test} from 'vitest';
import {type ProgramFailure, runProgram} from '../../workflows/interpreter/index.ts';
import {scriptedHost} from './scripted-host.ts';

async function failureOf(program: string): Promise<ProgramFailure> {
  const outcome = await runProgram(program, scriptedHost());
  if (outcome.status !== 'failed') throw new Error(`The program ${outcome.status}`);
  return outcome.failure;
}

test('a failure shows the line with its neighbours and a caret', async () => {
  expect(await failureOf('const user = {};\nconst name = user.profile.name;\nreturn name')).toEqual({
    kind: 'RuntimeError',
    name: 'TypeError',
    message: "Cannot read properties of undefined (reading 'name')",
    position: {line: 2, column: 27},
    frame: [
      '  1 | const user = {};',
      '> 2 | const name = user.profile.name;',
      '    |                           ^',
      '  3 | return name',
    ].join('\n'),
  });
});

test.for([
  ['await fail({message: "no disk"})', 'ToolError', 'ToolExecutionError', '1:7'],
  ['const x = 1;\nx.y.z()', 'RuntimeError', 'TypeError', '2:5'],
  ['missing({})', 'ReferenceError', 'ReferenceError', '1:1'],
  ['[].reduce((a, b) => a)', 'RuntimeError', 'TypeError', '1:4'],
  ['const f = () => { throw new RangeError("r") };\nf()', 'RuntimeError', 'RangeError', '1:25'],
  ['throw {code: 5}', 'RuntimeError', 'Error', '1:1'],
  ['const a = 1;\nconst a = 2', 'SyntaxError', 'SyntaxError', '2:7'],
  ['if (', 'SyntaxError', 'SyntaxError', '1:5'],
  ['let a = 1;\r\nlet b = class {}', 'UnsupportedSyntax', 'UnsupportedSyntax', '2:9'],
  ['new Promise(() => {})', 'RuntimeError', 'Error', undefined],
] as const)('%j fails as %s %s at %s', async ([program, kind, name, place]) => {
  const failure = await failureOf(program);
  const {position} = failure;
  expect({kind: failure.kind, name: failure.name}).toEqual({kind, name});
  expect(position && `${position.line}:${position.column}`).toBe(place);
});

test('everything that the language leaves out is named at once', async () => {
  const {message, position, hint} = await failureOf(
    'const a = 1;\nclass A {}\nfunction* g() {}\nclass B {}\ntag`x`',
  );
  expect(message).toBe('Classes are not supported');
  expect(position).toEqual({line: 2, column: 1});
  expect(hint).toContain('Also line 3: Generators are not supported.');
  expect(hint).toContain('Also line 5: Tagged templates are not supported.');
  expect(hint).not.toContain('line 4');
});

test.for(['1 +', 'if (true) {', 'f(1', 'const a = [1,'])('%j ends too early', async (program) => {
  expect((await failureOf(program)).message).toBe('Unexpected end of the program: something is not closed');
});

test.for([
  ['const n: number = 1', 'type annotations'],
  ['const f = (a: string) => a', 'type annotations'],
  ['interface A { b: string }', 'type annotations'],
  ['const x = y as string', 'type annotations'],
  ['import fs from "fs"', 'There are no modules'],
  ['export const a = 1', 'There are no modules'],
  ['new Date()', 'no clock'],
  ['Math.random()', 'no randomness'],
  ['eco({value: 1})', 'Did you mean echo?'],
  ['gater(1)', 'Did you mean gather?'],
  ['return /(?=a)/', 'linear time'],
  ['return [echo({})]', 'await'],
  ['writeFil({})', 'Declare it'],
] as const)('%s gets a hint: %s', async ([program, hint]) => {
  expect((await failureOf(program)).hint).toContain(hint);
});
