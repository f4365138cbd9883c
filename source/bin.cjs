#!/usr/bin/env node
// Plain JavaScript that any Node parses, so that an old Node gets one clear line instead of a syntax error.
var required = [22, 18];
var version = process.versions.node.split('.').map(Number);
if (version[0] < required[0] || (version[0] === required[0] && version[1] < required[1])) {
  process.stderr.write(
    'durable-tui needs Node ' +
      required.join('.') +
      ' or newer; this is Node ' +
      process.versions.node +
      '. Install a current Node and try again.\n',
  );
  process.exit(2);
}

// Compiled code of the large packages is kept: the next start takes a tenth less. In a folder of the user's own, since
// whoever writes there chooses what runs. The variable hands it on to our child processes.
var cache = process.env.NODE_COMPILE_CACHE || cacheFolder();
if (cache) {
  process.env.NODE_COMPILE_CACHE = cache;
  require('node:module').enableCompileCache(cache);
}

/** Undefined where none can be made, e.g. for a user without a home. Folder by folder: Node's own way never ends in /proc. */
function cacheFolder() {
  var fs = require('node:fs');
  var path = require('node:path');
  var caches;
  var ours;
  try {
    caches = process.env.XDG_CACHE_HOME || path.join(require('node:os').homedir(), '.cache');
    ours = path.join(caches, 'durable-tui');
    if (!fs.existsSync(caches)) fs.mkdirSync(caches, 448);
    if (!fs.existsSync(ours)) fs.mkdirSync(ours, 448);
    fs.accessSync(ours, fs.constants.W_OK);
    return ours;
  } catch (_error) {
    return undefined;
  }
}

import('./cli.js');
