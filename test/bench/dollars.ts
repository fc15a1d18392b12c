import { reckon, reckonHeld } from '../../infra/cost/reckon.ts';
import type { Figure } from './figure.ts';

const FLOOD = 2_000;

/** Budget 12: dollars by operation counts and the table of prices, without any free tier and without what stands each month. */
export function measureDollars(): Figure[] {
  const figure = (what: string, dollars: number, limit: number | null, anchor: string): Figure => ({
    budget: 12,
    what,
    value: Math.round(dollars * 10_000) / 10_000,
    unit: 'dollars',
    limit,
    anchor,
  });
  const views = reckon({ views: 1_000_000, comments: 0 }, { standing: false });
  const comments = reckon({ views: 0, comments: 1_000 }, { standing: false });
  return [
    figure('a million views', views.dollars, 2.6, 'a function for each view 3.1'),
    figure('a thousand comments', comments.dollars, 0.03, '0.02 planned; invalidations 5'),
    figure('a flood of 2,000 comments, if none is refused', reckonHeld(FLOOD).dollars, null, ''),
  ];
}
