import {describe, expectTypeOf, it} from 'vitest';
import type {FlagValues} from '../../source/command-line/flag-values.ts';
import type {FlagsOf, OperandsOf} from '../../source/command-line/invocation.ts';
import type {CommandLoaders} from '../../source/run-command.ts';

// The compiler is what fails here: `npm run types`.

describe('the table of flags types their values', () => {
  it('by type, choices and how often a flag may be given', () => {
    expectTypeOf<FlagValues['scenario']>().toEqualTypeOf<string | undefined>();
    expectTypeOf<FlagValues['pace']>().toEqualTypeOf<number | undefined>();
    expectTypeOf<FlagValues['tls']>().toEqualTypeOf<boolean | undefined>();
    expectTypeOf<FlagValues['output']>().toEqualTypeOf<'text' | 'jsonl' | undefined>();
    expectTypeOf<FlagValues['capability']>().toEqualTypeOf<string[]>();
    expectTypeOf<FlagValues['worker']>().toEqualTypeOf<boolean>();
  });

  it('and knows no other flag', () => {
    // @ts-expect-error there is no such flag
    expectTypeOf<FlagValues['scenari']>();
  });
});

describe('a command sees only', () => {
  it('the flags that it takes', () => {
    expectTypeOf<FlagsOf<'drill'>['at']>().toEqualTypeOf<'model' | 'tool' | 'child' | 'ptc' | undefined>();
    // @ts-expect-error a worker runs no scenario
    expectTypeOf<FlagsOf<'worker'>['scenario']>();
    // @ts-expect-error a replay has no sandbox
    expectTypeOf<FlagsOf<'replay'>['sandbox']>();
  });

  it('as many operands as it takes', () => {
    expectTypeOf<OperandsOf<'attach'>>().toEqualTypeOf<readonly [string]>();
    expectTypeOf<OperandsOf<'help'>>().toEqualTypeOf<readonly [string?]>();
    expectTypeOf<OperandsOf<'worker'>>().toEqualTypeOf<readonly []>();
    expectTypeOf<OperandsOf<'replay'>>().toEqualTypeOf<readonly [string, ...string[]]>();
    expectTypeOf<OperandsOf<'run'>>().toEqualTypeOf<readonly string[]>();
  });
});

it('a command without a loader does not compile', () => {
  // @ts-expect-error attach is missing
  expectTypeOf<Omit<CommandLoaders, 'attach'>>().toExtend<CommandLoaders>();
});
