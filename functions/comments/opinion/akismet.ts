import type { Ask, Opinion, Question } from './question.ts';

const URL = 'https://rest.akismet.com/1.1/comment-check';
const SAYS: Readonly<Record<string, Opinion>> = { true: 'spam', false: 'ham' };

/**
 * https://akismet.com/developers/detailed-docs/comment-check/: it asks for the writer's network address; their e-mail
 * address and browser are not sent.
 */
export function askAkismet(
  key: string,
  { article, answers, name, website, words, written }: Question,
  { url = URL, site, network }: { url?: string | undefined; site: string; network: string },
): Ask {
  const fields = {
    api_key: key,
    blog: `${site}/`,
    user_ip: network,
    permalink: article.url,
    comment_type: answers === null ? 'comment' : 'reply',
    comment_author: name,
    ...(website === null ? {} : { comment_author_url: website }),
    comment_content: words,
    comment_date_gmt: written,
    blog_charset: 'UTF-8',
  };
  return {
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: String(new URLSearchParams(fields)),
    read: (_status, text) => SAYS[text.trim()] ?? 'hold',
  };
}
