import { Failure } from './failure.ts';

const OLDEST_NODE = 22;

/** `24.21.0`. Throws a Failure below the oldest that Stoa's packages run on. Looked at before they are loaded. */
export function checkNode(version: string): void {
  if (Number(version.split('.')[0]) >= OLDEST_NODE) return;
  throw new Failure(
    `Stoa runs on Node ${OLDEST_NODE} or later, this is ${version}: start it by npm start or npm run stoa, which bring their own`,
  );
}
