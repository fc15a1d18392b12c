import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { announce } from '../announce.ts';
import { sayProblem } from '../problem.ts';
import { Dialog } from '../shared/Dialog.tsx';
import { Field } from '../shared/Field.tsx';
import { PictureRefused, sendPicture, TYPES, unfit } from './images.ts';

export interface ImageDialogProps {
  /** Those that were pasted or dropped; none to choose one. */
  files: readonly File[];
  onImage: (markdown: string) => void;
  onClose: () => void;
}

/** One picture after another: what it shows, then it is sent and put into the text. */
export function ImageDialog({ files, onImage, onClose }: ImageDialogProps) {
  const waiting = useSignal(files);
  const alt = useSignal('');
  const decorative = useSignal(false);
  const share = useSignal<number | null>(null);
  const problem = useSignal('');
  const aborter = useRef(new AbortController());
  const shows = useRef<HTMLInputElement>(null);
  const file = waiting.value[0] ?? null;
  useEffect(() => shows.current?.focus(), [file]);
  useEffect(() => () => aborter.current.abort(), []);

  const send = async () => {
    if (!file) return;
    problem.value = unfit(file);
    if (problem.value) return;
    if (!alt.value.trim() && !decorative.value) {
      problem.value = 'Say what it shows, for those who do not see it; or say that it is decoration.';
      return;
    }
    share.value = 0;
    try {
      const { markdown } = await sendPicture(
        file,
        decorative.value ? '' : alt.value.trim(),
        (now) => {
          share.value = now;
        },
        aborter.current.signal,
      );
      onImage(markdown);
      announce('The picture is in the text.');
      next();
    } catch (error) {
      if (aborter.current.signal.aborted) return;
      problem.value = error instanceof PictureRefused ? error.message : sayProblem(error);
    } finally {
      share.value = null;
    }
  };
  const next = () => {
    waiting.value = waiting.value.slice(1);
    alt.value = '';
    decorative.value = false;
    problem.value = '';
    if (waiting.value.length === 0) onClose();
  };

  return (
    <Dialog
      title={waiting.value.length > 1 ? `A picture, and ${waiting.value.length - 1} more` : 'A picture'}
      onClose={onClose}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        {file ? (
          <Shown file={file} />
        ) : (
          <Field
            label="Choose a picture"
            hint="JPEG, PNG, WebP, AVIF or GIF, up to 15 MB. You can paste or drop one into the text as well."
          >
            {(control) => (
              <input
                {...control}
                type="file"
                accept={TYPES.join(',')}
                onChange={({ currentTarget }) => {
                  waiting.value = [...(currentTarget.files ?? [])];
                }}
              />
            )}
          </Field>
        )}
        {file && (
          <>
            <Field label="What it shows" hint="Read to those who do not see it.">
              {(control) => (
                <input
                  {...control}
                  ref={shows}
                  value={alt.value}
                  maxLength={400}
                  disabled={decorative.value}
                  onInput={({ currentTarget }) => (alt.value = currentTarget.value)}
                />
              )}
            </Field>
            <label class="check">
              <input
                type="checkbox"
                checked={decorative.value}
                onChange={({ currentTarget }) => (decorative.value = currentTarget.checked)}
              />{' '}
              It is decoration, and shows nothing that matters
            </label>
          </>
        )}
        <div role="alert">{problem.value && <p class="err">{problem.value}</p>}</div>
        {share.value !== null && (
          <p>
            <label for="sent">{share.value < 1 ? 'Sending …' : 'Being made ready …'}</label>
            <progress id="sent" value={share.value < 1 ? share.value : undefined} />
          </p>
        )}
        <p class="actions">
          {file && (
            <button type="submit" class="main" aria-disabled={share.value !== null}>
              Put it in
            </button>
          )}
          <button type="button" onClick={onClose}>
            Cancel
          </button>
        </p>
      </form>
    </Dialog>
  );
}

function Shown({ file }: { file: File }) {
  const image = useRef<HTMLImageElement>(null);
  useEffect(() => {
    const url = URL.createObjectURL(file);
    if (image.current) image.current.src = url;
    return () => URL.revokeObjectURL(url);
  }, [file]);
  return <img ref={image} class="shown" alt={`The chosen picture, ${file.name}`} />;
}
