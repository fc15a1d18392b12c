import { request } from 'node:http';
import { buffer } from 'node:stream/consumers';

// Imported by every Node process of the emulator: it leads https.request to itself, but not fetch, which signs for AWS's hosts.
const elsewhere = globalThis.fetch;

globalThis.fetch = async (input, init) => {
  const asked = new Request(input, init);
  const { host, pathname, search } = new URL(asked.url);
  if (!host.endsWith('.amazonaws.com')) return elsewhere(asked);
  const { hostname, port } = new URL(process.env.AWS_ENDPOINT_URL);
  const headers = { ...Object.fromEntries(asked.headers), host };
  const { promise, resolve, reject } = Promise.withResolvers();
  request({ hostname, port, path: pathname + search, method: asked.method, headers }, resolve)
    .on('error', reject)
    .end(Buffer.from(await asked.arrayBuffer()));
  const answer = await promise;
  const body = await buffer(answer);
  return new Response(body.length > 0 ? body : null, { status: answer.statusCode, headers: answer.headers });
};
