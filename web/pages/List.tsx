import { AboutCard, OwnerCard } from './AboutCard.tsx';
import { Layout } from './Layout.tsx';
import { postPath } from './links.ts';
import { PostMeta } from './PostMeta.tsx';
import type { ListView, PostHead } from './views.ts';

/** Articles, newest first: the home page, the archive, a category, an author. */
export function List(view: ListView) {
  const { site, stamp, path, title, posts } = view;
  const description = view.author?.bio || (view.kind === 'home' ? site.tagline : `${title} · ${site.title}`);
  return (
    <Layout site={site} title={title} description={description} path={path} stamp={stamp} feed={feedOf(view)} list>
      <main id="main" class="h-feed">
        <Opening {...view} />
        {posts.map((post) => (
          <Entry key={post.slug} post={post} />
        ))}
        {posts.length === 0 && <p class="note">Nothing is written here yet.</p>}
        {view.kind === 'home' && <OwnerCard site={site} />}
        <Turning older={view.older} newer={view.newer} />
      </main>
    </Layout>
  );
}

/** The site's own for the archive, whose pages have none. */
const feedOf = ({ kind, path }: ListView) => ({
  href: kind === 'author' || kind === 'category' ? `${path.replace(/page\/\d+\/$/, '')}feed.xml` : '/feed.xml',
  label: 'Feed',
});

function Opening({ site, kind, title, author }: ListView) {
  if (author) {
    return (
      <>
        <data class="p-name" value={title} />
        <AboutCard author={author} page />
      </>
    );
  }
  if (kind === 'home') {
    return (
      <>
        <data class="p-name" value={site.title} />
        <h1 class="motto">{site.tagline}</h1>
      </>
    );
  }
  return (
    <>
      <h1 class="p-name">{title}</h1>
      <p class="by">{kind === 'archive' ? 'Everything written here' : 'Everything written about it'}, newest first</p>
    </>
  );
}

function Entry({ post }: { post: PostHead }) {
  return (
    <article class="h-entry">
      <h2>
        <a class="u-url p-name" href={postPath(post.slug)}>
          {post.title}
        </a>
      </h2>
      <PostMeta post={post} />
      {post.excerpt && <p class="p-summary">{post.excerpt}</p>}
    </article>
  );
}

function Turning({ older, newer }: Pick<ListView, 'older' | 'newer'>) {
  if (!older && !newer) return null;
  return (
    <nav class="pages" aria-label="Pages">
      {newer && (
        <a rel="prev" href={newer}>
          ← Newer
        </a>
      )}
      {older && (
        <a rel="next" href={older}>
          Older →
        </a>
      )}
    </nav>
  );
}
