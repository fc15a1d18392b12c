import { AsyncLocalStorage } from 'node:async_hooks';

const requests = new AsyncLocalStorage<string>();

/** Runs what a request asked for: what is written to the table meanwhile carries the request's id. */
export const during = <T>(request: string, run: () => T): T => requests.run(request, run);

/** The id that API Gateway gave the request; undefined outside of one. */
export const currentRequest = (): string | undefined => requests.getStore();
