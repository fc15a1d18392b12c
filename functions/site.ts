import { reading, routes, writing } from './http/endpoint.ts';
import { changeAccount, showAccount } from './site/account.ts';
import { accountWords } from './site/words.ts';

export const handler = routes({
  'GET /api/admin/account': reading(showAccount),
  'PUT /api/admin/account': writing(accountWords, changeAccount),
});
