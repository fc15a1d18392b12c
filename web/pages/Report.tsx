import { Html } from './Html.tsx';
import { Layout } from './Layout.tsx';
import { postPath, reportPath } from './links.ts';
import type { ReportView } from './views.ts';

/** Thanking the writer of a comment, or telling the moderators about it, without a script. */
export function Report({ site, post, comment, sent }: ReportView) {
  const [title, told] = SENT[sent ?? 'report'];
  const heading = comment ? 'Thank or report' : title;
  return (
    <Layout site={site} title={heading} unlisted>
      <main id="main">
        <h1>{heading}</h1>
        <p class="by">
          on <a href={postPath(post.slug)}>{post.title}</a>
        </p>
        {comment ? <Choice slug={post.slug} comment={comment} /> : <p class="note">{told}</p>}
        <p class="back">
          <a href={comment?.url ?? postPath(post.slug)}>← Back to the conversation</a>
        </p>
      </main>
    </Layout>
  );
}

const SENT = {
  thanks: ['Your thanks are on their way', 'Whoever wrote it sees that a reader thanked them, and not who it was.'],
  report: ['Thank you for telling us', 'A person will look at it. Nobody is told who reported it.'],
} as const;

function Choice({ slug, comment }: { slug: string; comment: NonNullable<ReportView['comment']> }) {
  return (
    <>
      <figure class="preview">
        <Html class="e-content" html={comment.html} />
        <figcaption>
          <a href={comment.url}>{comment.name}, in its place</a>
        </figcaption>
      </figure>
      <section>
        <h2>Was it good to read?</h2>
        <form method="post" action={reportPath(slug)}>
          <input type="hidden" name="comment" value={comment.ref} />
          <input type="hidden" name="thanks" value="yes" />
          <p>Only the person who wrote it is told how many readers thanked them; it is shown nowhere else.</p>
          <button type="submit">Thank you</button>
        </form>
      </section>
      <section>
        <h2>Is something wrong with it?</h2>
        <form method="post" action={reportPath(slug)}>
          <input type="hidden" name="comment" value={comment.ref} />
          <p>
            <label for="reason">What is wrong with it? You may leave this empty.</label>
            <textarea id="reason" name="reason" rows={4} maxlength={500} />
          </p>
          <button type="submit">Report it</button>
        </form>
      </section>
    </>
  );
}
