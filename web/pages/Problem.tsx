import { CommentForm } from './CommentForm.tsx';
import { Layout } from './Layout.tsx';
import { postPath } from './links.ts';
import type { ProblemView } from './views.ts';
import { WordsForm } from './WordsForm.tsx';

/** What went wrong and what to do about it, with everything that was typed. */
export function Problem({ site, title, detail, form, words }: ProblemView) {
  return (
    <Layout site={site} title={title} unlisted linked lively={form !== null}>
      <main id="main">
        <h1>{title}</h1>
        <p class="lead" role="alert">
          {detail}
        </p>
        {form && (
          <section>
            <h2>Your words are still here</h2>
            <CommentForm form={form.fields} site={site} />
          </section>
        )}
        {words && <WordsForm words={words} />}
        <p class="back">
          {form ? (
            <a href={postPath(form.fields.slug)}>← Back to {form.post ? `“${form.post.title}”` : 'the article'}</a>
          ) : (
            <a href="/">← To the front page</a>
          )}
        </p>
      </main>
    </Layout>
  );
}
