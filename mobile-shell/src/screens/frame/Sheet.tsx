/**
 * A sheet over the page, at the bottom. The browser's own dialog: it keeps the focus inside, closes on
 * Escape and gives the focus back to where it came from. It stays while its content changes.
 */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

interface SheetProps {
  open: boolean;
  /** The id of its heading. */
  labelledBy: string;
  onClose: () => void;
  children: ComponentChildren;
}

export function Sheet({ open, labelledBy, onClose, children }: SheetProps) {
  const sheet = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = sheet.current;
    if (open && dialog?.open === false) dialog.showModal();
    if (!open && dialog?.open) dialog.close();
  }, [open]);
  return (
    <dialog class="sheet" ref={sheet} onClose={onClose} aria-labelledby={open ? labelledBy : undefined}>
      {open && children}
    </dialog>
  );
}
