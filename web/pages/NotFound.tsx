import { Layout } from './Layout.tsx';
import type { NotFoundView } from './views.ts';

export function NotFound({ site, stamp }: NotFoundView) {
  return (
    <Layout site={site} title="Nothing stands here" stamp={stamp} unlisted linked>
      <main id="main">
        <h1>Nothing stands here</h1>
        <p class="lead">The page may have moved, or it never was. What has been written is all in one place:</p>
        <p class="back">
          <a href="/">The newest articles</a> <a href="/page/1/">The archive</a>
        </p>
      </main>
    </Layout>
  );
}
