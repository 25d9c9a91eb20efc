/** The way through the app: the address after `#` is where somebody is, so the phone's back works. */
import { useCallback, useEffect, useState } from 'preact/hooks';
import { address, place, type Route } from './route';

export function useNavigation(): {
  route: Route;
  go: (route: Route, replace?: boolean) => void;
  back: (otherwise: Route) => void;
} {
  const [route, setRoute] = useState<Route>(() => place(location.hash));
  useEffect(() => {
    const follow = () => setRoute(place(location.hash));
    addEventListener('popstate', follow);
    return () => removeEventListener('popstate', follow);
  }, []);
  const go = useCallback((next: Route, replace = false) => {
    const depth = Number(history.state?.depth ?? 0);
    if (replace) history.replaceState({ depth }, '', address(next));
    else history.pushState({ depth: depth + 1 }, '', address(next));
    setRoute(next);
  }, []);
  const back = useCallback((otherwise: Route) => {
    if (Number(history.state?.depth ?? 0) > 0) history.back();
    else {
      history.replaceState({ depth: 0 }, '', address(otherwise));
      setRoute(otherwise);
    }
  }, []);
  return { route, go, back };
}
