import {existsSync, mkdirSync, statSync} from 'node:fs';
import {dirname} from 'node:path';
import {DatabaseSync} from 'node:sqlite';
import {StoreError} from './store-error.ts';

/** Which file format this code writes; it reads no newer one. */
const storeFormat = 1;

/** Marks the file as ours ("dtui"), see https://sqlite.org/pragma.html#pragma_application_id. */
const applicationId = 0x64_74_75_69;

const schema = `
  CREATE TABLE namespaces (name TEXT PRIMARY KEY, id TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE runs (
    number INTEGER PRIMARY KEY,
    namespace TEXT NOT NULL,
    workflow_id TEXT NOT NULL,
    run_id TEXT NOT NULL UNIQUE,
    closed_at INTEGER NOT NULL,
    length INTEGER NOT NULL,
    fields TEXT NOT NULL
  );
  CREATE TABLE latest_runs (
    namespace TEXT NOT NULL,
    workflow_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (namespace, workflow_id)
  ) WITHOUT ROWID;
  CREATE TABLE events (
    number INTEGER NOT NULL,
    first INTEGER NOT NULL,
    count INTEGER NOT NULL,
    history BLOB NOT NULL,
    PRIMARY KEY (number, first)
  ) WITHOUT ROWID;
  CREATE TABLE pending (
    position INTEGER PRIMARY KEY,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    entity TEXT NOT NULL,
    UNIQUE (number, kind, key)
  );
  PRAGMA application_id = ${applicationId};
  PRAGMA user_version = ${storeFormat};
`;

/** How safe a commit is: `normal` survives the death of any process, `full` the loss of power as well. */
export type Durability = 'normal' | 'full';

/**
 * Opens the file of a store, or makes it.
 *
 * @param path absolute; missing folders are made
 * @throws StoreError in one line for people: locked, newer, damaged, or not to be written
 */
export function openDatabase(path: string, durability: Durability): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    makeFolder(dirname(path));
    database = new DatabaseSync(path);
    prepare(database, path, durability);
    return database;
  } catch (error) {
    database?.close();
    throw StoreError.of(error, path);
  }
}

/** One by one: Node's own recursive way never ends below a folder that takes none, as /proc. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path);
}

function prepare(database: DatabaseSync, path: string, durability: Durability): void {
  const isNew = statSync(path).size === 0;
  // One server has the file: others must not even read what it is about to change.
  database.exec(
    `PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = ${durability}`,
  );
  database.exec('BEGIN IMMEDIATE');
  if (isNew) database.exec(schema);
  database.exec('COMMIT');
  checkFormat(database, path);
}

function checkFormat(database: DatabaseSync, path: string): void {
  const {application_id: id} = database.prepare('PRAGMA application_id').get() ?? {};
  const {user_version: format} = database.prepare('PRAGMA user_version').get() ?? {};
  if (id !== applicationId) throw new StoreError('foreign', path);
  if (Number(format) > storeFormat) throw new StoreError('newer', path);
}
