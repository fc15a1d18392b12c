import { Layout } from '../Layout.tsx';
import type { NoticeView } from './views.ts';

/** One thing said, and perhaps one to do. */
export function Notice({ site, title, says, button }: NoticeView) {
  return (
    <Layout site={site} title={title} unlisted>
      <main id="main">
        <h1>{title}</h1>
        {says.map((words) => (
          <p class="lead">{words}</p>
        ))}
        {button && (
          <form method="post" action={button.action}>
            <button type="submit">{button.label}</button>
          </form>
        )}
        <p class="back">
          <a href="/">← To the front page</a>
        </p>
      </main>
    </Layout>
  );
}
