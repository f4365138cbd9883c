import {describe, expect, it} from 'vitest';
import {flags} from '../../source/command-line/flags.ts';
import {parseCommandLine} from '../../source/command-line/parse.ts';
import {UsageError} from '../../source/errors.ts';

describe('parseCommandLine', () => {
  it.each([
    [['write a note'], {operands: ['write a note']}],
    [['run', 'write a note'], {command: 'run', operands: ['write a note']}],
    [['--in-process', '--scenario', 'ptc'], {flags: {inProcess: true, scenario: 'ptc'}}],
    [['-e', '1 + 1'], {flags: {execute: '1 + 1'}}],
    [['-n', 'prod', '--task-queue', 'q'], {flags: {namespace: 'prod', taskQueue: 'q'}}],
    [['--capability', 'a.ts', '--capability', 'b.ts'], {flags: {capability: ['a.ts', 'b.ts']}}],
    [['--no-worker'], {flags: {worker: false, startDevServer: true}}],
    [['--no-start-dev-server'], {flags: {startDevServer: false, worker: true}}],
    [['--', '--scenario'], {operands: ['--scenario']}],
    [['--', 'worker'], {operands: ['worker']}],
    [['--', 'doctor'], {operands: ['doctor']}],
    [['run', 'doctor'], {command: 'run', operands: ['doctor']}],
    [['fix it!'], {operands: ['fix it!']}],
    [['列出文件'], {operands: ['列出文件']}],
    [['--tls=true'], {flags: {tls: true}}],
    [['--tls=false'], {flags: {tls: false}}],
    [['--no-tls'], {flags: {tls: false}}],
    [['--in-process=false'], {flags: {inProcess: false}}],
    [['--port', '65535', '--pace', '0'], {flags: {port: 65_535, pace: 0}}],
    [['run', '--', '-x'], {command: 'run', operands: ['-x']}],
    [['-o', 'jsonl'], {flags: {output: 'jsonl'}}],
    [['--program', '-'], {flags: {program: '-'}}],
    [['--program', 'a.ts'], {command: 'run', operands: []}],
    [[], {command: 'run', operands: []}],
    [['--help'], {command: 'help', operands: []}],
    [['-h', 'write a note'], {command: 'help', operands: []}],
    [['help', '--help'], {command: 'help', operands: ['help']}],
    [['help', 'run', '--help'], {command: 'help', operands: ['run']}],
    [['attach', '--help'], {command: 'help', operands: ['attach']}],
    [['completion', '-h'], {command: 'help', operands: ['completion']}],
    [['--version', '--help'], {command: 'version', operands: []}],
    [['replay', '-v'], {command: 'version', operands: []}],
  ])('%j', (argv, expected) => {
    expect(parseCommandLine(argv)).toMatchObject(expected);
  });

  it('gives no value to a flag that is not given', () => {
    const {flags} = parseCommandLine(['write a note']);
    expect(flags).toEqual({capability: [], grpcMeta: [], worker: true, startDevServer: true});
  });

  it.each(flags.filter(({type}) => type !== 'boolean'))('--no-$name does not exist', ({name}) => {
    const dashed = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    expect(() => parseCommandLine([`--no-${dashed}`, 'say x'])).toThrow(`There is no flag --no-${dashed}.`);
  });

  it.each(flags.filter(({type}) => type === 'number'))('--$name takes digits and nothing else', ({name}) => {
    for (const value of ['', '0x10', '1e3', '1.0', ' 5 ', '-1', 'Infinity', '٣'])
      expect(() => parseCommandLine([`--${name}=${value}`])).toThrow(/needs a (whole number|value)/);
  });

  it.each([
    [['--tls=yes'], '--tls takes true or false after =, or no value at all.'],
    [['--tls='], '--tls takes true or false'],
    [['--no-worker=false'], '--no-worker takes no value.'],
    [['--tls.x', 'y'], 'There is no flag --tls.x. Did you mean --tls?'],
    [['--port', '99999'], '--port needs a port: 1 to 65535, or 0 for any.'],
    [['--ui-port', '65536'], '--ui-port needs a port'],
    [['attach', ''], 'Usage: durable-tui attach <workflow-id>'],
    [['attach', '  '], 'Usage: durable-tui attach <workflow-id>'],
    [['replay', 'a', ''], 'Usage: durable-tui replay'],
    [['doctor'], 'There is no command "doctor". For a prompt: durable-tui run "doctor".'],
    [['doctor', '--in-process'], 'There is no command "doctor".'],
    [['completion', 'bash', '--no-tls'], 'durable-tui completion takes no --tls'],
    [['--scenari', 'ptc'], 'There is no flag --scenari. Did you mean --scenario?'],
    [['--nonsense'], 'There is no flag --nonsense.'],
    [['--pace', 'quick'], '--pace needs a whole number of 0 or more.'],
    [['--pace', '-3'], '--pace needs a whole number of 0 or more.'],
    [['--output', 'xml'], '--output takes text, jsonl; it got "xml".'],
    [['--scenario'], '--scenario needs a value: --scenario <name>.'],
    [['--scenario', 'a', '--scenario', 'b'], '--scenario'],
    [['scenario'], 'There is no command "scenario". Did you mean scenarios?'],
    [['version'], 'There is no command "version".'],
    [['rnu'], 'There is no command "rnu". Did you mean run?'],
    [['worker', '--scenario', 'ptc'], 'durable-tui worker takes no --scenario: it belongs to run.'],
    [['completion', 'bash', '--json'], 'durable-tui completion takes no --json'],
    [['attach'], 'Usage: durable-tui attach <workflow-id>'],
    [['completion'], 'Usage: durable-tui completion bash|zsh|fish'],
  ])('%j is a usage error', (argv, message) => {
    expect(() => parseCommandLine(argv)).toThrow(UsageError);
    expect(() => parseCommandLine(argv)).toThrow(message);
  });
});
