import { Layout } from './Layout.tsx';
import type { ReceivedView } from './views.ts';

/** For something that was sent before: no text, no state, since the sender may be somebody else. */
export function Received({ site }: ReceivedView) {
  return (
    <Layout site={site} title="We have it already" unlisted>
      <main id="main">
        <h1>We have it already</h1>
        <p class="lead">
          The same words reached us before, so there is nothing more to do. Its receipt is in the browser that sent it
          first. On another device, <a href="/api/me">a mailed link</a> shows all that you wrote.
        </p>
        <p class="back">
          <a href="/">← To the front page</a>
        </p>
      </main>
    </Layout>
  );
}
