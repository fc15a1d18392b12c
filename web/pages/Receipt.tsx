import { Byline } from './Comment.tsx';
import { Html } from './Html.tsx';
import { Layout } from './Layout.tsx';
import { postPath } from './links.ts';
import { reasonFor } from './reasons.ts';
import type { ReceiptView } from './views.ts';

/** What became of a comment, for the person who wrote it. */
export function Receipt({ site, post, comment }: ReceiptView) {
  const [title, words] = STATES[comment.status];
  const explained = comment.status === 'pending' || comment.status === 'spam';
  return (
    <Layout site={site} title={title} unlisted>
      <main id="main">
        <h1>{title}</h1>
        <p class="lead">
          {words} {explained && reasonFor(comment.reason)}
        </p>
        {comment.url && comment.status === 'approved' && (
          <p>
            <a href={comment.url}>See it in its place</a>
          </p>
        )}
        {comment.status !== 'removed' && <AsItWillAppear comment={comment} />}
        <TakenAway removed={comment.removed} />
        <p class="back">
          <a href={postPath(post.slug)}>← Back to “{post.title}”</a>
        </p>
      </main>
    </Layout>
  );
}

const STATES: Record<ReceiptView['comment']['status'], readonly [title: string, words: string]> = {
  approved: ['Thank you, it is published', 'Your comment is part of the conversation, and appears within seconds.'],
  pending: ['Thank you, it is waiting', 'Your comment reached us and is safe.'],
  spam: ['It was set aside', 'Your comment reached us, but it looked like advertising.'],
  rejected: ['It will not appear', 'A person read your comment and decided not to publish it here.'],
  removed: ['It was removed', 'Your comment stood here for a while and was taken down; the replies to it stay.'],
};

function AsItWillAppear({ comment }: { comment: ReceiptView['comment'] }) {
  return (
    <section>
      <h2>{LABELS[comment.status] ?? 'What you wrote'}</h2>
      <div class="preview h-cite">
        <Byline author={comment.author} at={comment.at} url={null} />
        <Html class="e-content" html={comment.html} />
      </div>
    </section>
  );
}

const LABELS: Partial<Record<ReceiptView['comment']['status'], string>> = {
  approved: 'As it appears',
  pending: 'As it will appear',
};

function TakenAway({ removed }: { removed: readonly string[] }) {
  if (removed.length === 0) return null;
  return (
    <p class="note">
      Some of the markup is not used here and was taken away:{' '}
      {removed.map((name) => (
        <>
          <code>{name}</code>{' '}
        </>
      ))}
    </p>
  );
}
