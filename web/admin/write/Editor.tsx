import { api } from '../api.ts';
import { Loaded } from '../shared/Loaded.tsx';
import type { ViewProps } from '../view.ts';
import { loadArticle } from './article.ts';
import { Desk } from './Desk.tsx';
import { noWords } from './post.ts';

/** One article, or with `new-…` one that nobody saved yet. */
export default function Editor({ params: { id = '' }, query }: ViewProps) {
  const kind = query.get('kind') === 'page' ? 'page' : 'post';
  return (
    <Loaded load={() => loadArticle(id, async () => noWords(kind, await penName()))}>
      {(article) => <Desk article={article} />}
    </Loaded>
  );
}

/** Who this account writes as. Without an answer, nobody yet: the field says so. */
async function penName(): Promise<string> {
  const { author } = await api.get<{ author: { name: string } | null }>('/account').catch(() => ({ author: null }));
  return author?.name ?? '';
}
