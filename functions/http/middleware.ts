import type middy from '@middy/core';
import type { Call, Reply } from './call.ts';

export type Middleware = middy.MiddlewareObj<Call, Reply>;
