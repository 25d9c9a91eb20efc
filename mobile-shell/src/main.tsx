/** Starts the app: one `App`, one root. What is drawn is in `screens/`. */
import '@fontsource/inter/latin-400.css';
import '@fontsource/inter/latin-700.css';
import '@fontsource/inter/latin-ext-400.css';
import '@fontsource/inter/latin-ext-700.css';
import './styles/app.scss';
import { render } from 'preact';
import { connect } from './core/client';
import { Root } from './screens/Root';

const app = connect();
if (import.meta.env.MODE === 'stories') {
  // The stories' own build lets them call the app where no screen does. The real build has no such door.
  Object.assign(window, { app });
}
const root = document.getElementById('app');
if (root !== null) {
  render(<Root app={app} />, root);
}
