import type { InferOutput } from 'valibot';
import type { replies } from '../../../infra/openapi/replies.ts';

type Answer<Name extends keyof typeof replies> = InferOutput<(typeof replies)[Name]>;

export type HeldList = Answer<'HeldList'>;
export type Held = HeldList['comments'][number];
export type HeldInFull = Answer<'HeldInFull'>;
export type Person = Answer<'Person'>;
export type Queues = Answer<'Queues'>;
export type SaidList = Answer<'Said'>;
export type Answered = Answer<'Answered'>;
export type Moved = Answer<'Moved'>;
export type QueueName = Exclude<keyof Queues, 'most'>;
export type Status = Held['status'];
