/** Draws stories, one after the other: `show(NAME)`. The stand-in is at `window.fake` for the tests. */
import '@fontsource/inter/latin-400.css';
import '@fontsource/inter/latin-700.css';
import '../../../src/styles/app.scss';
import { render } from 'preact';
import { Root } from '../../../src/screens/Root';
import { fakeApp } from './app';
import { STORIES } from './stories';

function show(name: string): void {
  const story = STORIES[name];
  const root = document.getElementById('app');
  if (story === undefined || root === null) throw new Error(`there is no story ${name}`);
  render(null, root);
  const app = fakeApp();
  story.set?.(app);
  history.replaceState({ depth: 0 }, '', story.hash === '' ? '#' : story.hash);
  Object.assign(window, { fake: app });
  render(<Root app={app} />, root);
}

Object.assign(window, { show });
show(new URLSearchParams(location.search).get('story') ?? 'today');
