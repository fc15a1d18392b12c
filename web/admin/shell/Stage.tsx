import type { ComponentType } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { announce } from '../announce.ts';
import { link } from '../router.ts';
import { isIn } from '../session.ts';
import type { View, ViewProps } from '../view.ts';
import { route } from './route.ts';

/** The view of the address, once its file is there. Focus goes to it whenever another one is shown. */
export function Stage() {
  const { view, params, query } = route.value;
  const [shown, setShown] = useState<Shown | null>(null);
  const main = useRef<HTMLElement>(null);
  const isFirst = useRef(true);

  useEffect(() => {
    let isLate = false;
    const show = (next: Shown) => !isLate && setShown(next);
    if (!view) show({ view: null, Component: Missing });
    else if (!isIn(view.group)) show({ view, Component: () => <NotYours view={view} /> });
    else
      view.load().then(
        (module) => show({ view, Component: module.default }),
        () => show({ view, Component: Unloaded }),
      );
    return () => {
      isLate = true;
    };
  }, [view]);

  useEffect(() => {
    if (!shown) return;
    const title = shown.view?.title ?? 'Nothing here';
    document.title = `${title} – Stoa`;
    // At the first one, the browser has said the title and the focus is nobody's.
    if (!isFirst.current) {
      announce(title);
      (main.current?.querySelector<HTMLElement>('h1') ?? main.current)?.focus();
      scrollTo(0, 0);
    }
    isFirst.current = false;
  }, [shown]);

  const isLoading = !shown || shown.view !== view;
  return (
    <main ref={main} tabIndex={-1} aria-busy={isLoading}>
      {shown && !isLoading && <shown.Component key={JSON.stringify(params)} params={params} query={query} />}
    </main>
  );
}

interface Shown {
  view: View | null;
  Component: ComponentType<ViewProps>;
}

function Missing() {
  return (
    <>
      <h1 tabIndex={-1}>There is nothing here</h1>
      <p>
        <a href={link('')}>To the articles</a>
      </p>
    </>
  );
}

function NotYours({ view }: { view: View }) {
  return (
    <>
      <h1 tabIndex={-1}>{view.title}</h1>
      <p>
        This is for accounts in the group <strong>{view.group}</strong>, and yours is not in it. Whoever runs this site
        can add it.
      </p>
    </>
  );
}

function Unloaded() {
  return (
    <>
      <h1 tabIndex={-1}>That did not load</h1>
      <p>The connection may be gone, or Stoa was updated meanwhile.</p>
      <p>
        <button type="button" class="main" onClick={() => location.reload()}>
          Reload
        </button>
      </p>
    </>
  );
}
