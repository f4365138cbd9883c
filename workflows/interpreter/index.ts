export {defaultBudgets} from './budgets.ts';
export type * from './program.ts';
export {runProgram} from './run.ts';
