import type { Group } from './session.ts';
import type { View } from './view.ts';

/** Each in a file of its own, loaded when it is first shown. The first that fits is shown. */
export const VIEWS: readonly View[] = [
  {
    path: '',
    title: 'Write',
    place: 'write',
    group: 'author',
    load: () => import('./write/PostList.tsx'),
  },
  {
    path: 'posts/:id',
    title: 'An article',
    place: 'write',
    group: 'author',
    load: () => import('./write/Editor.tsx'),
  },
  {
    path: 'posts/:id/history',
    title: 'History',
    place: 'write',
    group: 'author',
    load: () => import('./write/History.tsx'),
  },
  {
    path: 'conversation',
    title: 'Conversation',
    place: 'conversation',
    group: 'moderator',
    load: () => import('./conversation/Queue.tsx'),
  },
  {
    path: 'conversation/search',
    title: 'Search the conversation',
    place: 'conversation',
    group: 'moderator',
    load: () => import('./conversation/Search.tsx'),
  },
  {
    path: 'conversation/rules',
    title: 'Rules',
    place: 'conversation',
    group: 'moderator',
    load: () => import('./rules/Rules.tsx'),
  },
  {
    path: 'conversation/:list',
    title: 'Conversation',
    place: 'conversation',
    group: 'moderator',
    load: () => import('./conversation/Queue.tsx'),
  },
  {
    path: 'said',
    title: 'Said to you',
    place: 'said',
    group: 'author',
    load: () => import('./conversation/Said.tsx'),
  },
  {
    path: 'site',
    title: 'Site',
    place: 'site',
    group: 'author',
    load: () => import('./site/Site.tsx'),
  },
];

/** What the header leads to. */
export const PLACES = [
  { id: 'write', name: 'Write', path: '', group: 'author' },
  { id: 'conversation', name: 'Conversation', path: 'conversation', group: 'moderator' },
  { id: 'said', name: 'Said to you', path: 'said', group: 'author' },
  { id: 'site', name: 'Site', path: 'site', group: 'author' },
] as const satisfies readonly { id: string; name: string; path: string; group: Group }[];
