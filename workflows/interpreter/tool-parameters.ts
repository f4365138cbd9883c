import type {ProgramHost, ProgramParameter} from './program.ts';

/** What a program's tools take, for calls without an object and for hints. */
export class ToolParameters {
  readonly #host: ProgramHost;

  constructor(host: ProgramHost) {
    this.#host = host;
  }

  get names(): readonly string[] {
    return this.#host.tools;
  }

  has(tool: string): boolean {
    return this.#host.tools.includes(tool);
  }

  /** Whether the host says what the tool takes. */
  isKnown(tool: string): boolean {
    return this.#host.parametersOf?.(tool) !== undefined;
  }

  /** The names that have to be in a call; none where the host doesn't say. */
  required(tool: string): string[] {
    return this.#of(tool)
      .filter(({required}) => required)
      .map(({name}) => name);
  }

  /** The parameter that a lone value means: the only required one, else the only one; undefined where it is not clear. */
  single(tool: string): string | undefined {
    const all = this.#of(tool);
    const required = all.filter((parameter) => parameter.required);
    const [only, ...others] = required.length > 0 ? required : all;
    return others.length === 0 ? only?.name : undefined;
  }

  /** How the tool is called, e.g. `read_file({path: …})`. */
  call(tool: string): string {
    const all = this.#of(tool);
    const required = this.required(tool);
    const names = required.length > 0 ? required : all.slice(0, 1).map(({name}) => name);
    if (names.length === 0) return this.isKnown(tool) ? `${tool}()` : `${tool}({…})`;
    const parts = names.map((name) => `${/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name)}: …`);
    return `${tool}({${parts.join(', ')}})`;
  }

  #of(tool: string): readonly ProgramParameter[] {
    return this.#host.parametersOf?.(tool) ?? [];
  }
}
