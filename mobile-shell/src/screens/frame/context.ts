/** What every screen may reach: the app, the way to other places, and the enumerations. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { App } from '../../core/app';
import type { Terms } from '../shapes';
import type { Route } from './route';

/** Handed down by `Root`. */
export interface Reach {
  app: App;
  route: Route;
  /** Goes to a place. With `replace`, the place left is not come back to. */
  go(route: Route, replace?: boolean): void;
  /** Goes back to where the person came from, else to the place given. */
  back(otherwise: Route): void;
  terms: Terms;
}

export const ReachContext = createContext<Reach | undefined>(undefined);

/** Only inside `Root`'s opened part: everything there has it. */
export function useReach(): Reach {
  const reach = useContext(ReachContext);
  if (reach === undefined) throw new Error('a screen was drawn outside Root');
  return reach;
}
