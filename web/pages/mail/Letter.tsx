import { h } from 'preact';
import { render } from 'preact-render-to-string';
import { Stylesheet } from '../Html.tsx';
import type { Block, Letter } from './letter.ts';

/** The HTML part: one column, no image, nothing fetched, readable where styles are taken away. */
export const letterHtml = (letter: Letter): string => `<!doctype html>${render(h(Page, letter))}`;

function Page({ site, url, subject, blocks, foot, stop }: Letter) {
  return (
    <html lang={site.language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{subject}</title>
        <Stylesheet css={STYLE} />
      </head>
      <body>
        <main>
          {blocks.map((block) => (
            <Part block={block} />
          ))}
          <footer>
            <p>
              <a href={`${url}/`}>{site.title}</a> · {foot}
              {stop && (
                <>
                  {' '}
                  <a href={stop}>Stop these mails</a>
                </>
              )}
            </p>
          </footer>
        </main>
      </body>
    </html>
  );
}

function Part({ block }: { block: Block }) {
  if ('say' in block) return <p>{block.say}</p>;
  if ('go' in block) {
    return (
      <p>
        <a class="go" href={block.href}>
          {block.go}
        </a>
      </p>
    );
  }
  return (
    <blockquote dir="auto">
      {block.quote.split(/\n+/).map((line) => (
        <p>{line}</p>
      ))}
      <p>
        <b>{block.by}</b>
      </p>
    </blockquote>
  );
}

const STYLE = [
  'body{margin:0;background:#faf8f4;color:#26231e;font:17px/1.55 Georgia,serif}',
  'main{max-width:32em;margin:0 auto;padding:2em 1.2em}',
  'p{margin:0 0 1em}',
  'blockquote{margin:0 0 1.4em;padding:.1em 0 .1em 1em;border-left:3px solid #cfc6b4}',
  'blockquote p{margin:.6em 0}',
  'a{color:#7a3d1d}',
  '.go{display:inline-block;padding:.6em 1.1em;border-radius:.4em;background:#7a3d1d;color:#fff;text-decoration:none}',
  'footer{margin-top:2.4em;padding-top:1em;border-top:1px solid #ddd6c8;color:#6b6457;font-size:14px}',
  '@media(prefers-color-scheme:dark){body{background:#1b1a18;color:#e6e1d8}a{color:#e8a37c}',
  '.go{background:#e8a37c;color:#1b1a18}blockquote,footer{border-color:#4a463e}footer{color:#a49c8e}}',
].join('');
