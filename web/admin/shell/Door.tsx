import { signIn } from '../session.ts';
import { Mark } from './Mark.tsx';

export function Door() {
  return (
    <main class="door">
      <Mark />
      <h1>The authors’ room</h1>
      <p>Write, and look after the conversation.</p>
      <p class="actions">
        <button type="button" class="main" onClick={() => void signIn()}>
          Sign in
        </button>
        <a href="/">Back to the site</a>
      </p>
    </main>
  );
}
