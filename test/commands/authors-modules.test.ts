import {mkdir, symlink, writeFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {durableTui, emptyFolder, jsonLines} from './command-line.ts';

const root = join(import.meta.dirname, '../..');

const imports = "import {defineCapability, tool} from 'durable-tui';\nimport {z} from 'zod';\n";
const requires = "const {defineCapability, tool} = require('durable-tui');\nconst {z} = require('zod');\n";
const notes = `defineCapability({
  name: 'notes',
  tools: {hi: tool({description: 'Says hi.', input: z.object({}), run: async () => 'hi'})},
});\n`;
const esm = `${imports}export const notes = ${notes}`;

type Files = Record<string, string>;
const commonjs = {'package.json': '{"type": "commonjs"}'};

/** A project with these files. */
async function project(files: Files): Promise<string> {
  const cwd = await emptyFolder();
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(cwd, path)), {recursive: true});
    await writeFile(join(cwd, path), content);
  }
  return cwd;
}

const sayHi = ['--in-process', '-q', '-e', 'await hi({})'];

describe('an author’s module loads', () => {
  it.each<[string, string, Files]>([
    ['TypeScript in a CommonJS folder', 'notes.ts', {...commonjs, 'notes.ts': esm}],
    [
      'JavaScript modules in a CommonJS folder',
      'a.js',
      {...commonjs, 'a.js': "export * from './b.js';\n", 'b.js': esm},
    ],
    ['CommonJS', 'notes.cjs', {'notes.cjs': `${requires}exports.notes = ${notes}`}],
    [
      'CommonJS whose exports have no names',
      'notes.js',
      {
        ...commonjs,
        'notes.js': `${requires}module.exports = Object.assign({}, {notes: ${notes.trim().slice(0, -1)}});`,
      },
    ],
  ])('%s', async (_title, file, files) => {
    const outcome = await durableTui([...sayHi, '--capability', `./${file}`], {cwd: await project(files)});
    expect(outcome).toEqual({code: 0, stdout: 'hi\n', stderr: ''});
  });

  it('an agent that TypeScript has compiled for CommonJS', async () => {
    const agent = `const {defineAgent, defineCapability, ptc, tool} = require('durable-tui');
const {z} = require('zod');
Object.defineProperty(exports, '__esModule', {value: true});
exports.default = defineAgent({
  name: 'compiled', model: 'scripted', instructions: 'None.',
  capabilities: [ptc, ${notes.trim().slice(0, -1)}],
});\n`;
    const cwd = await project({'agent.cjs': agent});
    const outcome = await durableTui([...sayHi, '--agent', './agent.cjs'], {cwd});
    expect(outcome).toEqual({code: 0, stdout: 'hi\n', stderr: ''});
  });

  it('with packages as pnpm lays them out', async () => {
    const cwd = await project({'packages/app/notes.ts': esm, 'node_modules/.pnpm/x': ''});
    for (const [name, target] of [
      ['durable-tui', root],
      ['zod', join(root, 'node_modules/zod')],
    ] as const) {
      const store = join(cwd, 'node_modules/.pnpm', `${name}@1.0.0`, 'node_modules');
      await mkdir(store, {recursive: true});
      await symlink(target, join(store, name));
      await mkdir(join(cwd, 'packages/app/node_modules'), {recursive: true});
      await symlink(join(store, name), join(cwd, 'packages/app/node_modules', name));
    }
    const outcome = await durableTui([...sayHi, '--capability', './packages/app/notes.ts'], {cwd});
    expect(outcome).toEqual({code: 0, stdout: 'hi\n', stderr: ''});
  });
});

describe('an author’s module is refused in one line', () => {
  it.each<[string, string, RegExp]>([
    ['with schemas of zod 3', esm.replace("'zod'", "'zod/v3'"), /^durable-tui: .*notes.*hi.*zod [34].*\n$/],
    [
      'that never settles',
      `await new Promise(() => {});\n${esm}`,
      /^durable-tui: \.\/notes\.ts does not load: it has not settled within 20 s\. .*top level.*\n$/,
    ],
  ])('%s', async (_title, source, words) => {
    const cwd = await project({'notes.ts': source});
    const outcome = await durableTui([...sayHi, '--capability', './notes.ts'], {cwd});
    expect(outcome.stderr).toMatch(words);
    expect(outcome).toMatchObject({code: 2, stdout: ''});
  });
});

describe('what a module prints goes to standard error', () => {
  const loud = `
console.log('log');
console.info('info');
process.stdout.write('written\\n');
setInterval(() => process.stdout.write('later\\n'), 20).unref();
${esm}`;

  it('and not into the answer', async () => {
    const cwd = await project({'notes.ts': loud});
    const outcome = await durableTui([...sayHi, '--capability', './notes.ts'], {cwd});
    expect(outcome).toMatchObject({code: 0, stdout: 'hi\n'});
    expect(outcome.stderr).toMatch(/^log\ninfo\nwritten\n(later\n)*$/);
  });

  it.each([
    ['run', sayHi.filter((flag) => flag !== '-q')],
    ['tools', ['tools']],
  ] as const)('and not into the JSON of %s', async (_command, args) => {
    const cwd = await project({'notes.ts': loud});
    const outcome = await durableTui([...args, '--json', '--capability', './notes.ts'], {cwd});
    expect(outcome.code).toBe(0);
    for (const line of jsonLines(outcome)) expect(line).toHaveProperty('type');
    expect(outcome.stderr).toContain('written\n');
  });
});
