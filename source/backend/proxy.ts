import {logVerbosity, setLogVerbosity} from '@grpc/grpc-js';
import {mapProxyName} from '@grpc/grpc-js/build/src/http_proxy.js';
import {isLoopback, type ServerConnection} from './connection.ts';

/** gRPC writes to standard error by itself, e.g. about each proxy that refuses: what is wrong is said by us. */
export function silenceGrpc(): void {
  setLogVerbosity(logVerbosity.NONE);
}

/** For the client's channel: gRPC follows `http_proxy` and its like even to this machine. */
export function channelArgsFor(server: ServerConnection): {'grpc.enable_http_proxy'?: number} {
  return isLoopback(server) ? {'grpc.enable_http_proxy': 0} : {};
}

/** For the worker's connection, which follows no variable: it takes the way that the client takes by gRPC's rules. */
export function workerProxyFor(server: ServerConnection) {
  const target = {scheme: 'dns', path: server.address};
  const {target: next, extraOptions} = mapProxyName(target, channelArgsFor(server));
  if (next === target) return {};
  const [username = '', ...password] = (extraOptions['grpc.http_connect_creds'] ?? '').split(':');
  const basicAuth = username === '' ? {} : {basicAuth: {username, password: password.join(':')}};
  return {proxy: {type: 'http-connect' as const, targetHost: next.path, ...basicAuth}};
}
