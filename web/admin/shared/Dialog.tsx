import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';

export interface DialogProps {
  title: string;
  /** By Escape, or by a button within that calls it. */
  onClose: () => void;
  children: ComponentChildren;
  wide?: boolean;
  /** At the edge of the window, as high as it. */
  drawer?: boolean;
}

/** A modal dialog for as long as it is rendered; the focus goes back to where it was. */
export function Dialog({ title, onClose, children, wide, drawer }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog ref={dialog} class={drawer ? 'drawer' : wide ? 'wide' : ''} aria-labelledby={id} onClose={onClose}>
      <h2 id={id}>{title}</h2>
      {children}
    </dialog>
  );
}
