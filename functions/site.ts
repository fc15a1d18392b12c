import { reading, routes, writing } from './http/endpoint.ts';
import { changeAccount, showAccount } from './site/account.ts';
import { authors, categories, changeAuthor, changeCategory } from './site/named.ts';
import { changeSite, showSite } from './site/site.ts';
import { accountWords, authorWords, categoryWords, siteWords } from './site/words.ts';

export const handler = routes({
  'GET /api/admin/site': reading(showSite),
  'PUT /api/admin/site': writing(siteWords, changeSite),
  'GET /api/admin/authors': reading(authors),
  'PUT /api/admin/authors/{author}': writing(authorWords, changeAuthor),
  'GET /api/admin/categories': reading(categories),
  'PUT /api/admin/categories/{category}': writing(categoryWords, changeCategory),
  'GET /api/admin/account': reading(showAccount),
  'PUT /api/admin/account': writing(accountWords, changeAccount),
});
