import type {FlagGroups, FlagName} from './flags.ts';

/** What a command line says, by the flags' names. A flag that is not given has no value. */
export type FlagValues = {[Name in AlwaysThere]: Value<Row<Name>>} & {
  [Name in Exclude<FlagName, AlwaysThere>]?: Value<Row<Name>>;
};

/** Whether JSON lines are wished for. */
export function wantsJson({json, output}: Pick<FlagValues, 'json' | 'output'>): boolean {
  return json === true || output === 'jsonl';
}

type Row<Name extends FlagName> = {
  [Group in keyof FlagGroups]: Name extends keyof FlagGroups[Group] ? FlagGroups[Group][Name] : never;
}[keyof FlagGroups];

/** Flags that have a value even if nobody gives them: true, or an empty list. */
type AlwaysThere = {
  [Name in FlagName]: Row<Name> extends {onByDefault: true} | {repeatable: true} ? Name : never;
}[FlagName];

type Value<Flag> = Flag extends {repeatable: true} ? string[] : Single<Flag>;

type Single<Flag> = Flag extends {choices: readonly (infer Choice)[]}
  ? Choice
  : Flag extends {type: 'boolean'}
    ? boolean
    : Flag extends {type: 'number'}
      ? number
      : string;
