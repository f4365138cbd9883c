import {spawn} from 'node:child_process';
import {text} from 'node:stream/consumers';

/** Runs a program in a process of its own, with everything that makes the SDKs talk switched on. */
export async function runNode(program: string, environment: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    env: {...process.env, OPENAI_LOG: 'debug', ANTHROPIC_LOG: 'debug', NODE_OPTIONS: '', ...environment},
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return {stdout, stderr, code};
}
