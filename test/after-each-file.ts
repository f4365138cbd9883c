import {afterAll} from 'vitest';
import {removeTemporaryFolders} from './temporary-folder.ts';

// Set up first, so it runs last: after the file's own hooks have ended what they started.
afterAll(removeTemporaryFolders);
