import { longDate } from '../dates.ts';
import { Stylesheet } from '../Html.tsx';
import { Ledger, Words } from './Me.tsx';
import type { TakenView } from './views.ts';

/** A file to keep: everything stored about a person, readable without this site. */
export function Taken({ site, at, mail, browsers, comments }: TakenView) {
  return (
    <html lang={site.language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <title>{`My comments at ${site.title}`}</title>
        <Stylesheet css={STYLE} />
      </head>
      <body>
        <main>
          <h1>My comments at {site.title}</h1>
          <p>Taken on {longDate(at)}. What was stored then:</p>
          <Ledger mail={mail} browsers={browsers} />
          {comments.map((comment) => (
            <article key={comment.id}>
              <Words comment={comment} />
            </article>
          ))}
        </main>
      </body>
    </html>
  );
}

const STYLE =
  ':root{color-scheme:light dark}body{max-width:40em;margin:2em auto;padding:0 1em;font:1.1em/1.6 Georgia,serif}article{border-top:1px solid #8886;padding:1em 0}';
