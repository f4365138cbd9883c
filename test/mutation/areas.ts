/** A part of the code that is mutated, and the tests that shall notice. */
export interface Area {
  readonly mutate: readonly string[];
  readonly tests: readonly string[];
}

/**
 * The areas by name. Their tests are those that need no process of their own and no real worker, so that thousands of
 * mutants can be tried: they have to have teeth without the slower ones.
 */
export const areas: Readonly<Record<string, Area>> = {
  server: {
    mutate: ['source/server/run/**/*.ts', 'source/server/engine/start-policy.ts'],
    tests: [
      'test/server/run/**/*.test.ts',
      'test/server/engine/**/*.test.ts',
      'test/server/store/store.test.ts',
    ],
  },
  history: {mutate: ['source/history/**/*.ts'], tests: ['test/history/**/*.test.ts']},
  compile: {
    mutate: ['workflows/interpreter/compile/**/*.ts'],
    // Those that tell what programs mean; the others take seconds for what belongs to other folders.
    tests: [
      'test/interpreter/{awaiting-operands,support-matrix,calls,failures,forms,names,run-program,shared-built-ins}.test.ts',
    ],
  },
  model: {
    mutate: ['activities/model/**/*.ts'],
    tests: [
      'test/activities/model/{answer,answer-events,classify-error,connections,conversation,error-rules,failures,imitations,model-*}.test.ts',
      'test/activities/model/{providers,readers,request,requests,scripted,second-opinion,strip-types,transcript-cache,wire-values}.test.ts',
    ],
  },
  session: {mutate: ['source/session/**/*.ts'], tests: ['test/session/**/*.test.ts']},
};
