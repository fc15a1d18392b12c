import { Layout } from '../Layout.tsx';
import type { DoorView } from './views.ts';

const TITLE = 'Your comments, and what is stored about you';

/** Where an address is typed; the answer is the same whether anybody wrote under it. */
export function Door({ site, mails, asked }: DoorView) {
  return (
    <Layout site={site} title={asked ? 'Look into your mail' : TITLE} unlisted>
      <main id="main">
        <h1>{asked ? 'Look into your mail' : TITLE}</h1>
        {asked ? (
          <p class="lead" role="status">
            If somebody has written here under that address, a link is on its way to it. It works once, for half an
            hour.
          </p>
        ) : (
          <p class="lead">
            See all that you wrote here, take it with you, erase it, or go on writing as yourself in this browser. There
            is no account: a link comes to the address that you wrote under.
          </p>
        )}
        {mails ? (
          <form method="post" action="/api/me/links">
            <label for="email">E-mail</label>
            <input id="email" name="email" type="email" autocomplete="email" required maxlength={254} />
            <button type="submit">{asked ? 'Send another link' : 'Send me a link'}</button>
          </form>
        ) : (
          <p class="note">This site sends no mail, so please turn to the people who run it.</p>
        )}
      </main>
    </Layout>
  );
}
