import { Layout } from './Layout.tsx';
import { LeaveReply } from './LeaveReply.tsx';
import { postPath, talkFeed } from './links.ts';
import { Thread } from './Thread.tsx';
import type { SegmentView } from './views.ts';

/** A stretch of a long conversation, in the order in which it was said. */
export function Segment({ site, stamp, path, post, threads, prev, next, root }: SegmentView) {
  const on = { slug: post.slug, closed: post.closed };
  return (
    <Layout
      site={site}
      title={`The conversation on “${post.title}”`}
      path={path}
      stamp={stamp}
      feed={talkFeed(post.slug)}
      lively
    >
      <main id="main" class="h-feed">
        <h1 class="p-name">The conversation</h1>
        <p class="by">
          on <a href={postPath(post.slug)}>{post.title}</a>
        </p>
        {root && (
          <p class="note">
            These are further replies to <a href={root}>one comment</a>.
          </p>
        )}
        {threads.length > 0 ? (
          <Thread threads={threads} on={on} class="talk" />
        ) : (
          <p class="note">Nothing was said here.</p>
        )}
        <nav class="pages" aria-label="Conversation">
          {prev && (
            <a rel="prev" href={prev}>
              ← Earlier
            </a>
          )}
          <a href={`${postPath(post.slug)}#talk`}>The article, and the latest</a>
          {next && (
            <a rel="next" href={next}>
              Later →
            </a>
          )}
        </nav>
        <LeaveReply on={on} site={site} />
      </main>
    </Layout>
  );
}
