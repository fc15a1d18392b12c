import type middy from '@middy/core';
import type { Call } from './call.ts';
import type { Reply } from './endpoint.ts';

export type Middleware = middy.MiddlewareObj<Call, Reply>;
