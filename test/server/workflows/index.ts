// The workflows of the test worker: names here are workflow types.
export * from './activities.ts';
export * from './children.ts';
export * from './disturbed.ts';
export * from './everything.ts';
export * from './messages.ts';
