export {defaultBudgets} from './budgets.ts';
export {languageSummary} from './language-summary.ts';
export type * from './program.ts';
export {runProgram} from './run.ts';
