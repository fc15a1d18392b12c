import { render } from 'preact';
import { readConfig } from './config.ts';
import { followAddress } from './router.ts';
import { openSession } from './session.ts';
import { Shell } from './shell/Shell.tsx';
import { Trouble } from './shell/Trouble.tsx';

async function main(root: Element): Promise<void> {
  try {
    if (!(await openSession(await readConfig()))) return;
    followAddress();
    render(<Shell />, root);
  } catch (error) {
    console.warn(error);
    render(<Trouble error={error} />, root);
  }
}

const root = document.querySelector('#app');
if (root) void main(root);
