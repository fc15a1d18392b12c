import type { ComponentChildren } from 'preact';
import type { Site } from '../../functions/domain/settings.ts';
import { clientScript, icon, listStyle, quietStyle, style, stylesheet } from '../generated/assets.ts';
import { Stylesheet } from './Html.tsx';
import { outward } from './links.ts';

interface Feed {
  href: string;
  label: string;
}

export interface LayoutProps {
  site: Site;
  /** Empty: the page is the site itself. */
  title: string;
  description?: string;
  /** Its address, where it has one that should be found. */
  path?: string;
  stamp?: string;
  /** What follows it; the site's own without one. */
  feed?: Feed;
  /** With a form or a conversation: the enhancing script comes along. */
  lively?: boolean;
  /** A list of articles, which has some style of its own. */
  list?: boolean;
  /** An article without any comment, which needs less of it. */
  quiet?: boolean;
  /** Its style by a link: an error, where an edge cannot allow an inlined one by its hash, or a page with more style than most. */
  linked?: boolean;
  /** Nobody's business but the reader's. */
  unlisted?: boolean;
  children: ComponentChildren;
}

/** The whole document around a page. */
export function Layout({ site, children, ...head }: LayoutProps) {
  return (
    <html lang={site.language} dir={RIGHT_TO_LEFT.test(site.language) ? 'rtl' : undefined} data-state={head.stamp}>
      <Head site={site} {...head} />
      <body>
        <a class="skip" href="#main">
          Skip to the text
        </a>
        <header class="top">
          <a class="site" href="/">
            <Mark />
            {site.title}
          </a>
          <Menu links={site.menu} />
        </header>
        {children}
        <footer class="end">
          © {site.owner} · {site.tagline} · <a href={feedOf(head).href}>{feedOf(head).label}</a>
          <Menu links={site.footer} label="More" />
        </footer>
      </body>
    </html>
  );
}

const RIGHT_TO_LEFT = /^(ar|dv|fa|he|ks|ku|ps|sd|ug|ur|yi)\b/;

function Head(props: Omit<LayoutProps, 'children'>) {
  const { site, title, description, path, lively, linked, unlisted } = props;
  const name = title ? `${title} · ${site.title}` : site.title;
  const address = site.address && path ? site.address + path : null;
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width,initial-scale=1" />
      <title>{name}</title>
      {linked ? <link rel="stylesheet" href={stylesheet} /> : <Stylesheet css={styleOf(props)} />}
      {description && <meta name="description" content={description} />}
      {unlisted && <meta name="robots" content="noindex" />}
      {address && <link rel="canonical" href={address} />}
      {address && <meta property="og:title" content={title || site.title} />}
      {address && description && <meta property="og:description" content={description} />}
      <link rel="alternate" type="application/atom+xml" href={feedOf(props).href} />
      <link rel="alternate" type="application/feed+json" href={feedOf(props).href.replace(/xml$/, 'json')} />
      <link rel="icon" href={icon} />
      {lively && <script type="module" src={clientScript} />}
    </head>
  );
}

/** What may run is refused where it is stored; here nothing else is a link either. */
function Menu({ links, label }: { links: Site['menu']; label?: string }) {
  const safe = links.filter(({ href }) => href.startsWith('/') || outward(href));
  if (safe.length === 0) return null;
  return (
    <nav aria-label={label}>
      {safe.map(({ label, href }, i) => (
        <>
          {i > 0 && ' '}
          <a href={href}>{label}</a>
        </>
      ))}
    </nav>
  );
}

const feedOf = ({ feed }: Pick<LayoutProps, 'feed'>): Feed => feed ?? { href: '/feed.xml', label: 'Feed' };

const styleOf = ({ list, quiet }: Pick<LayoutProps, 'list' | 'quiet'>) => {
  if (list) return listStyle;
  return quiet ? quietStyle : style;
};

/** A colonnade whose floor is a speech bubble. */
function Mark() {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true">
      <path d="M0 0h16v3H0zm1 4h2v6H1zm4 0h2v6H5zm4 0h2v6H9zm4 0h2v6h-2zM0 11h16v2H7l-3 3v-3H0z" />
    </svg>
  );
}
