import { announced } from '../announce.ts';
import { session } from '../session.ts';
import { Door } from './Door.tsx';
import { Header } from './Header.tsx';
import { Notices } from './Notices.tsx';
import { Stage } from './Stage.tsx';

/** The frame of every view: where one is, what is amiss, and the view. */
export function Shell() {
  return (
    <>
      {session.value.state === 'out' ? (
        <Door />
      ) : (
        <>
          <Header />
          <Notices />
          <Stage />
        </>
      )}
      <p class="unseen" role="status" aria-live="polite">
        {announced.value}
      </p>
    </>
  );
}
