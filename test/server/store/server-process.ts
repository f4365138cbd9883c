import {startEmbeddedServer} from '../../../source/server/index.ts';

// A server in a process of its own, so that a test can kill it: node server-process.ts <file> <port>
const [file = '', port = '0'] = process.argv.slice(2);
const {address} = await startEmbeddedServer({file, port: Number(port)});
process.stdout.write(`${address}\n`);
