import { AboutCard } from './AboutCard.tsx';
import { Dated } from './Dated.tsx';
import { Html } from './Html.tsx';
import { Layout } from './Layout.tsx';
import { LeaveReply } from './LeaveReply.tsx';
import { postPath, talkFeed } from './links.ts';
import { Pins } from './Pins.tsx';
import { PostMeta } from './PostMeta.tsx';
import { Thread } from './Thread.tsx';
import type { PostView } from './views.ts';

/** An article and the conversation under it. */
export function Post(view: PostView) {
  const { site, stamp, kind, post, total } = view;
  const quiet = kind === 'page' && post.closed && total === 0;
  const path = postPath(post.slug);
  return (
    <Layout
      site={site}
      title={post.title}
      description={post.excerpt}
      path={path}
      stamp={stamp}
      {...(quiet ? {} : { feed: talkFeed(post.slug) })}
      lively
      quiet={isQuiet(view)}
    >
      <main id="main">
        <article class="h-entry">
          <h1 class="p-name">{post.title}</h1>
          <data class="u-url" value={path} />
          {kind === 'post' && (
            <PostMeta post={post}>
              <span>
                <a href="#talk">{counted(total)}</a>
              </span>
            </PostMeta>
          )}
          <Html class="e-content body" html={post.html} />
          {kind === 'post' && <Afterword post={post} />}
          {kind === 'post' && <AboutCard author={post.author} />}
          {!quiet && <Talk {...view} />}
        </article>
      </main>
    </Layout>
  );
}

/** Without any comment on it, the page needs none of their style. */
export const isQuiet = ({ threads }: Pick<PostView, 'threads'>) => threads.length === 0;

export function counted(total: number): string {
  if (total === 0) return 'no comments yet';
  return total === 1 ? '1 comment' : `${total} comments`;
}

function Afterword({ post }: Pick<PostView, 'post'>) {
  if (post.tags.length === 0 && !post.updated) return null;
  return (
    <p class="tags">
      {post.tags.map((tag) => (
        <span key={tag}>
          #<span class="p-category">{tag}</span>
        </span>
      ))}
      {post.updated && (
        <span>
          revised <Dated iso={post.updated} property="dt-updated" />
        </span>
      )}
    </p>
  );
}

function Talk({ site, post, total, pins, threads, earlier }: PostView) {
  const on = { slug: post.slug, closed: post.closed };
  return (
    <section id="talk">
      <h2>The conversation {total > 0 && <small>{counted(total)}</small>}</h2>
      <Pins pins={pins} />
      {threads.length > 0 && <Thread threads={threads} on={on} class="talk newest" />}
      {threads.length === 0 && !earlier && <p class="note">{post.closed ? SILENT : INVITING}</p>}
      {earlier && (
        <nav class="pages" aria-label="Conversation">
          <a href={earlier}>← Earlier in this conversation</a>
        </nav>
      )}
      <LeaveReply on={on} site={site} />
    </section>
  );
}

const INVITING = 'Nobody has said anything yet. The first chair is yours.';
const SILENT = 'Nobody said anything here.';
