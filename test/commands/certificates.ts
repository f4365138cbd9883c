import {execFile} from 'node:child_process';
import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {promisify} from 'node:util';

const run = promisify(execFile);

/**
 * Makes two authorities and what they have signed, each as `<name>.pem` and `<name>.key`: `authority` with `server` (this
 * machine and temporal.example), `elsewhere` (another name), `expired` and `client`; `stranger` with `unknown`.
 */
export async function makeCertificates(folder: string): Promise<void> {
  await Promise.all([authority(folder, 'authority'), authority(folder, 'stranger')]);
  const here = 'DNS:localhost,IP:127.0.0.1,DNS:temporal.example';
  await signed(folder, 'authority', 'server', here);
  await signed(folder, 'authority', 'elsewhere', 'DNS:elsewhere.example');
  await signed(folder, 'authority', 'expired', here, -1);
  await signed(folder, 'authority', 'client', 'DNS:client');
  await signed(folder, 'stranger', 'unknown', 'DNS:unknown');
  const encrypt = ['pkey', '-in', 'client.key', '-aes256', '-passout', 'pass:x', '-out', 'encrypted.key'];
  await run('openssl', encrypt, {cwd: folder});
}

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

async function authority(cwd: string, name: string): Promise<void> {
  const files = ['-keyout', `${name}.key`, '-out', `${name}.pem`];
  await run('openssl', ['req', '-x509', ...newKey, '-days', '30', '-subj', `/CN=${name}`, ...files], {cwd});
}

async function signed(cwd: string, by: string, name: string, names: string, days = 30): Promise<void> {
  await writeFile(join(cwd, `${name}.ext`), `subjectAltName=${names}\n`);
  const files = ['-keyout', `${name}.key`, '-out', `${name}.csr`];
  await run('openssl', ['req', ...newKey, '-subj', `/CN=${name}`, ...files], {cwd});
  const signer = ['-CA', `${by}.pem`, '-CAkey', `${by}.key`, '-CAcreateserial'];
  const outcome = ['-days', String(days), '-extfile', `${name}.ext`, '-out', `${name}.pem`];
  await run('openssl', ['x509', '-req', '-in', `${name}.csr`, ...signer, ...outcome], {cwd});
}
