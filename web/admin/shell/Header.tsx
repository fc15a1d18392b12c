import { link } from '../router.ts';
import { isIn, session, signOut } from '../session.ts';
import { PLACES } from '../views.ts';
import { Mark } from './Mark.tsx';
import { route } from './route.ts';

export function Header() {
  const here = route.value.view?.place;
  return (
    <header class="top">
      <button type="button" class="skip" onClick={toMain}>
        Skip to the content
      </button>
      <a class="home" href="/" title="The site, as readers see it">
        <Mark />
        <span class="unseen">The site, as readers see it</span>
      </a>
      <nav aria-label="Places">
        {PLACES.filter(({ group }) => isIn(group)).map(({ id, name, path }) => (
          <a key={id} href={link(path)} {...(id === here ? { 'aria-current': 'page' } : {})}>
            {name}
          </a>
        ))}
      </nav>
      <div class="account">
        <span class="who">{session.value.account?.name}</span>
        <button type="button" class="quiet" onClick={() => void signOut()}>
          Sign out
        </button>
      </div>
    </header>
  );
}

const toMain = () => document.querySelector<HTMLElement>('main')?.focus();
