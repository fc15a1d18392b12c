import { CommentForm } from './CommentForm.tsx';
import { Html } from './Html.tsx';
import { Layout } from './Layout.tsx';
import { postPath } from './links.ts';
import type { ReplyView } from './views.ts';

/** Answering one comment without a script: what it says, and a form. */
export function Reply({ site, post, parent, form }: ReplyView) {
  return (
    <Layout site={site} title={`Reply to ${parent.name}`} unlisted lively={!post.closed}>
      <main id="main">
        <h1>Reply to {parent.name}</h1>
        <p class="by">
          on <a href={postPath(post.slug)}>{post.title}</a>
        </p>
        <figure class="preview">
          <Html class="e-content" html={parent.html} />
          <figcaption>
            <a href={parent.url}>{parent.name}, in its place</a>
          </figcaption>
        </figure>
        {post.closed ? (
          <p class="note">This conversation has come to its close, so it takes no more replies.</p>
        ) : (
          <section>
            <h2>Your reply</h2>
            <CommentForm form={form} site={site} />
          </section>
        )}
      </main>
    </Layout>
  );
}
