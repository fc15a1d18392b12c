import { Layout } from './Layout.tsx';
import type { ErasedView } from './views.ts';

/** Nothing of it is left to be shown. */
export function Erased({ site }: ErasedView) {
  return (
    <Layout site={site} title="It is erased" unlisted>
      <main id="main">
        <h1>It is erased</h1>
        <p class="lead">
          Your words and your name are gone, and leave the pages within seconds. Where others had answered, a line says
          that something stood there.
        </p>
        <p class="back">
          <a href="/">← To the front page</a>
        </p>
      </main>
    </Layout>
  );
}
