import type { Site } from '../../functions/domain/settings.ts';
import { Face } from './Face.tsx';
import { authorPath, outward } from './links.ts';
import type { AuthorView } from './views.ts';

/** Who writes here, and where else to find them; on their own page its heading is the page's. */
export function AboutCard({ author, page = false }: { author: AuthorView; page?: boolean }) {
  const Heading = page ? 'h1' : 'h2';
  return (
    <aside class="about h-card">
      <Face name={author.name} />
      <div>
        <Heading>
          {!page && 'About '}
          <a class="p-name u-url" href={authorPath(author.slug)}>
            {author.name}
          </a>
        </Heading>
        {author.bio && <p class="p-note">{author.bio}</p>}
        <Elsewhere links={author.links} />
      </div>
    </aside>
  );
}

/** Whose site it is, on its front page. */
export function OwnerCard({ site: { owner, bio, links } }: { site: Site }) {
  if (!bio && links.length === 0) return null;
  return (
    <aside class="about h-card">
      <Face name={owner} />
      <div>
        <h2 class="p-name">{owner}</h2>
        {bio && <p class="p-note">{bio}</p>}
        <Elsewhere links={links} />
      </div>
    </aside>
  );
}

function Elsewhere({ links }: Pick<AuthorView, 'links'>) {
  const safe = links.filter(({ href }) => outward(href));
  if (safe.length === 0) return null;
  return (
    <ul>
      {safe.map(({ label, href }) => (
        <li key={href}>
          <a class="u-url" rel="me" href={href}>
            {label}
          </a>
        </li>
      ))}
    </ul>
  );
}
