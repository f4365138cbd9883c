import {errorIn} from './streamed-error.ts';
import {parseJson} from './wire-values.ts';

const longestChain = 5;

/** What the Fetch standard follows. */
const redirects = [301, 302, 303, 307, 308];

/**
 * A `fetch` for an SDK. It follows redirects as the standard has it, but takes every key off the request where it
 * leaves the origin (the standard knows only `authorization`), and says who answers. An error's body reaches the SDK
 * in the one shape that it reads.
 *
 * @param onHost told of each host that is asked after the first
 */
export function providerFetch(onHost: (host: string) => void): typeof fetch {
  return async (input, init = {}) => {
    let target = new URL(input instanceof Request ? input.url : input);
    let request: RequestInit = {...init, redirect: 'manual'};
    for (let hops = 0; ; hops += 1) {
      const response = await fetch(target, request);
      const next = nextTarget(response, target);
      if (!next || hops === longestChain) return response.ok ? response : await readableError(response);
      await response.body?.cancel();
      request = redirected(request, response.status, next.origin === target.origin);
      target = next;
      onHost(target.host);
    }
  };
}

function nextTarget({status, headers}: Response, from: URL): URL | undefined {
  const location = headers.get('location');
  if (!redirects.includes(status) || location === null || !URL.canParse(location, from.href))
    return undefined;
  const target = new URL(location, from.href);
  return /^https?:$/.test(target.protocol) ? target : undefined;
}

/** Only 307 and 308 keep method and body. */
function redirected(request: RequestInit, status: number, sameOrigin: boolean): RequestInit {
  const headers = new Headers(request.headers);
  if (!sameOrigin) for (const name of ['authorization', 'x-api-key', 'cookie']) headers.delete(name);
  if (status === 307 || status === 308) return {...request, headers};
  headers.delete('content-type');
  headers.delete('content-length');
  const {body: _body, ...bare} = request;
  return {...bare, method: 'GET', headers};
}

async function readableError(response: Response): Promise<Response> {
  if (response.status < 400) return response;
  const {status, statusText, headers} = response;
  const text = await response.text();
  const value = parseJson(text);
  const error = errorIn(value) ?? value;
  const body = error === undefined ? text : JSON.stringify({error});
  return new Response(body, {status, statusText, headers});
}
