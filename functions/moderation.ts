import { reading, routes, writing } from './http/endpoint.ts';
import { commenting } from './http/words.ts';
import { change, show, words } from './moderation/edit.ts';
import { counts, list } from './moderation/list.ts';
import { moveAll, verdicts } from './moderation/moves.ts';
import { note, saidBy, setPerson, showPerson } from './moderation/people.ts';
import { authorsWords, say } from './moderation/reply.ts';
import { changeRules, change as rulesChange, showRules, trial, tryRules } from './moderation/rules.ts';
import { saidToMe } from './moderation/said.ts';

/** Looking after the conversation, behind the authorizer's scope and the group that each handler checks. */
export const handler = routes({
  'GET /api/admin/comments': reading(list),
  'GET /api/admin/queues': reading(counts),
  'POST /api/admin/comments/moves': writing(verdicts, moveAll),
  'GET /api/admin/comments/{id}': reading(show),
  'PUT /api/admin/comments/{id}': commenting(words, change),
  'GET /api/admin/people/{person}': reading(showPerson),
  'PUT /api/admin/people/{person}': writing(note, setPerson),
  'GET /api/admin/people/{person}/comments': reading(saidBy),
  'GET /api/admin/rules': reading(showRules),
  'PUT /api/admin/rules': writing(rulesChange, changeRules),
  'POST /api/admin/rules/trial': writing(trial, tryRules),
  'GET /api/admin/said': reading(saidToMe),
  'POST /api/admin/posts/{id}/comments': commenting(authorsWords, say),
});
