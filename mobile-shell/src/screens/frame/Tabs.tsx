/** The three places that everything starts from, at the bottom. */
import { useReach } from './context';
import { Icon, type Sign } from './Icon';

const TABS: { at: 'today' | 'waiting' | 'settings'; sign: Sign; text: string }[] = [
  { at: 'today', sign: 'home', text: 'Today' },
  { at: 'waiting', sign: 'tray', text: 'To finish' },
  { at: 'settings', sign: 'gear', text: 'Settings' },
];

export function Tabs() {
  const { route, go } = useReach();
  return (
    <nav class="tabs" aria-label="Main">
      {TABS.map(({ at, sign, text }) => (
        <button
          type="button"
          class="tabs__tab"
          key={at}
          aria-current={route.at === at ? 'page' : undefined}
          onClick={() => go({ at })}
        >
          <Icon sign={sign} />
          {text}
        </button>
      ))}
    </nav>
  );
}
