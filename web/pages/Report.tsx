import { Html } from './Html.tsx';
import { Layout } from './Layout.tsx';
import { postPath, reportPath } from './links.ts';
import type { ReportView } from './views.ts';

/** Telling the moderators about a comment, without a script. */
export function Report({ site, post, comment }: ReportView) {
  const title = comment ? 'Is something wrong with this comment?' : 'Thank you for telling us';
  return (
    <Layout site={site} title={title} unlisted>
      <main id="main">
        <h1>{title}</h1>
        <p class="by">
          on <a href={postPath(post.slug)}>{post.title}</a>
        </p>
        {comment ? (
          <Complaint slug={post.slug} comment={comment} />
        ) : (
          <p class="note">A person will look at it. Nobody is told who reported it.</p>
        )}
        <p class="back">
          <a href={comment?.url ?? postPath(post.slug)}>← Back to the conversation</a>
        </p>
      </main>
    </Layout>
  );
}

function Complaint({ slug, comment }: { slug: string; comment: NonNullable<ReportView['comment']> }) {
  return (
    <>
      <figure class="preview">
        <Html class="e-content" html={comment.html} />
        <figcaption>
          <a href={comment.url}>{comment.name}, in its place</a>
        </figcaption>
      </figure>
      <form method="post" action={reportPath(slug)}>
        <input type="hidden" name="comment" value={comment.ref} />
        <p>
          <label for="reason">What is wrong with it? You may leave this empty.</label>
          <textarea id="reason" name="reason" rows={4} maxlength={500} />
        </p>
        <p>
          <button type="submit">Report it</button>
        </p>
      </form>
    </>
  );
}
