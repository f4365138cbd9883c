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
import('./cli.js');
