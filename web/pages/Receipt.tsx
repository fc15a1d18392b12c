import { Byline } from './Comment.tsx';
import { Html } from './Html.tsx';
import { Layout } from './Layout.tsx';
import { postPath } from './links.ts';
import { reasonFor } from './reasons.ts';
import type { ReceiptView } from './views.ts';
import { WordsForm } from './WordsForm.tsx';

/** What became of a comment, for the person who wrote it. */
export function Receipt({ site, post, comment, words, erasure, data, kept }: ReceiptView) {
  const [title, told] = erasure === null ? ERASED : STATES[comment.status];
  const explained = comment.status === 'pending' || comment.status === 'spam';
  return (
    <Layout site={site} title={title} unlisted linked>
      <main id="main">
        <h1>{title}</h1>
        <p class="lead">
          {told} {explained && reasonFor(comment.reason)}
        </p>
        {comment.url && comment.status === 'approved' && (
          <p>
            <a href={comment.url}>See it in its place</a>
          </p>
        )}
        {comment.thanks > 0 && <Thanks n={comment.thanks} />}
        {comment.status !== 'removed' && <AsItWillAppear comment={comment} />}
        <TakenAway removed={comment.removed} />
        {words && <OtherWords words={words} />}
        {erasure !== null && <Erasure action={erasure} />}
        <Kept kept={kept} data={data} />
        {site.mails && (
          <p>
            <a href="/api/me">All that you wrote here, and the mails you asked for</a>
          </p>
        )}
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

/** Shown here and nowhere else: nobody is compared with anybody. */
function Thanks({ n }: { n: number }) {
  return (
    <p class="note">
      {n === 1 ? 'A reader thanked you for it.' : `${n} readers thanked you for it.`} Only you see this.
    </p>
  );
}

const ERASED = ['You erased it', 'Nothing of what you wrote is left here.'] as const;

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

function OtherWords({ words }: { words: NonNullable<ReceiptView['words']> }) {
  return (
    <details>
      <summary>Change the words</summary>
      <p>
        {FIXED.test(words.until) ? (
          <>
            You may until <time datetime={words.until}>{words.until.slice(11, 16)} UTC</time>. Our rules look at the new
            words as they did at the first.
          </>
        ) : (
          'Our rules look at the new words as they did at the first.'
        )}
      </p>
      <WordsForm words={words} />
    </details>
  );
}

const FIXED = /^\d{4}-/;

function Erasure({ action }: { action: string }) {
  return (
    <details>
      <summary>Erase it</summary>
      <form method="post" action={action}>
        <p>
          Your words and your name leave the site for good, within seconds; nobody can bring them back. Where others
          answered, a line says that something stood there.
        </p>
        <button type="submit">Erase it for good</button>
      </form>
    </details>
  );
}

function Kept({ kept, data }: Pick<ReceiptView, 'kept' | 'data'>) {
  return (
    <details>
      <summary>What we keep of it, and until when</summary>
      <dl class="kept">
        {kept.map(({ what, until }) => (
          <>
            <dt>{what}</dt>
            <dd>{until}</dd>
          </>
        ))}
      </dl>
      <p>
        <a href={data} download>
          All of it, as a file
        </a>
      </p>
    </details>
  );
}
