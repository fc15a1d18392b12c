import { link } from '../router.ts';
import { Authors } from './Authors.tsx';
import { Categories } from './Categories.tsx';
import { PenName } from './PenName.tsx';
import { SiteForm } from './SiteForm.tsx';

/** What every page shows, who writes, and what articles are filed under. */
export default function Site() {
  return (
    <>
      <h1 tabIndex={-1}>Site</h1>
      <p class="soft">
        What is changed here is on every page within a minute or two. Pages such as “About” are written as articles are:{' '}
        <a href={link('?kind=page')}>the site’s pages</a>.
      </p>
      <SiteForm />
      <PenName />
      <Authors />
      <Categories />
    </>
  );
}
