import { api } from '../api.ts';
import { bodyOf, type Words } from './post.ts';

/**
 * The page that readers would get of these words. What it shows besides is read each time, since anybody may have changed
 * it since: whoever asks for a page has stopped typing.
 */
export async function pageOf(words: Words): Promise<string> {
  const [{ address: _, ...site }, card] = await Promise.all([
    api.get<Record<string, unknown>>('/site'),
    cardOf(words.author),
  ]);
  const slug = words.slug ? { slug: words.slug } : {};
  const { html } = await api.post<{ html: string }>('/previews', { ...bodyOf(words), ...slug, site, card });
  return html;
}

interface Card {
  slug: string;
  name: string;
  bio: string;
  links: readonly { label: string; href: string }[];
}

/** Null while nobody of that name wrote here. */
async function cardOf(author: string): Promise<Card | null> {
  if (author.trim() === '') return null;
  const { authors } = await api.get<{ authors: Card[] }>(`/authors?${new URLSearchParams({ name: author })}`);
  const [found] = authors;
  return found ? { slug: found.slug, name: found.name, bio: found.bio, links: found.links } : null;
}
