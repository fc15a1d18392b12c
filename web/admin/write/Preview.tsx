import { useEffect, useRef, useState } from 'preact/hooks';
import { frame } from '../../client/trusted.ts';
import { sayProblem } from '../problem.ts';
import { pageOf } from './page-of.ts';
import type { Words } from './post.ts';

/**
 * The page that readers would get, made by the server of what stands in the editor. Its frame is sandboxed: no script runs
 * in it, no link and no form leaves it.
 */
export function Preview({ words }: { words: Words }) {
  const iframe = useRef<HTMLIFrameElement>(null);
  const [problem, setProblem] = useState('');
  useEffect(() => {
    pageOf(words).then(
      (html) => iframe.current && frame(iframe.current, html),
      (error: unknown) => setProblem(sayProblem(error)),
    );
  }, []);
  return (
    <div class="preview">
      {problem && (
        <p class="trouble" role="alert">
          {problem} What you wrote is still here.
        </p>
      )}
      <iframe ref={iframe} title="Preview" sandbox="" />
    </div>
  );
}
