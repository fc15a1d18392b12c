import { networkOf } from '../domain/viewer.ts';
import type { Call } from './call.ts';

/** Written by the viewer-request function, over whatever a client sent. */
const VIEWER_HEADER = 'x-stoa-viewer';

/**
 * Whose request it is, as quotas know them. To be asked after origin() alone: only what came through the distribution
 * has a header that can be believed. Never X-Forwarded-For, which anybody writes.
 */
export const viewerOf = (call: Call): string => networkOf(senderOf(call));

/** The same as it is. Nothing keeps it; it leaves only for a service that the operator chose to ask. */
export const senderOf = ({ headers, requestContext }: Call): string =>
  headers[VIEWER_HEADER] ?? requestContext.http.sourceIp;
