/**
 * One screen: its heading takes the focus when it opens, its title names no person, and its actions
 * stand at the bottom, within the thumb's reach.
 */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from './Icon';

interface PageProps {
  /** The heading; may hold a name. */
  heading: ComponentChildren;
  /** What the browser's tab says: never a name. */
  title: string;
  back?: { label: string; go: () => void } | undefined;
  actions?: ComponentChildren;
  /** Changes when the heading should take the focus again (another step of one screen). */
  step?: string | number | undefined;
  children?: ComponentChildren;
}

export function Page({ heading, title, back, actions, step, children }: PageProps) {
  const top = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} – Family Workbook`;
  }, [title]);
  useEffect(() => {
    window.scrollTo(0, 0);
    top.current?.focus({ preventScroll: true });
  }, [step]);
  return (
    <>
      <main class="page" id="main">
        {back && (
          <button type="button" class="page__back" onClick={back.go}>
            <Icon sign="back" />
            {back.label}
          </button>
        )}
        <h1 tabIndex={-1} ref={top}>
          {heading}
        </h1>
        {children}
      </main>
      {actions && <div class="actions">{actions}</div>}
    </>
  );
}
