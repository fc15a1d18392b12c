import { useEffect, useRef, useState } from 'preact/hooks';
import { frame } from '../../client/trusted.ts';
import { api } from '../api.ts';
import { sayProblem } from '../problem.ts';
import { bodyOf, type Words } from './post.ts';

/**
 * The page that readers would get, made by the server of what stands in the editor. Its frame is sandboxed: no script runs
 * in it, no link and no form leaves it.
 */
export function Preview({ words }: { words: Words }) {
  const iframe = useRef<HTMLIFrameElement>(null);
  const [problem, setProblem] = useState('');
  useEffect(() => {
    const body = { ...bodyOf(words), ...(words.slug ? { slug: words.slug } : {}) };
    api.post<{ html: string }>('/previews', body).then(
      ({ html }) => iframe.current && frame(iframe.current, html),
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
