// Sign in, my families, a family's summary, one entry. Everything that the record says is set as
// text, never as markup. Addresses hold ids only.
'use strict';

const main = document.getElementById('main');
const way = document.getElementById('way');
const signOut = document.getElementById('sign-out');
let shown = 0;

/** An element with properties and children; texts become text nodes. */
function make(name, properties = {}, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children.filter((child) => child != null));
  return element;
}

/** The JSON behind an address; an Error with the server's words otherwise. */
async function ask(path, options = {}) {
  let response;
  try {
    response = await fetch(path, { credentials: 'same-origin', ...options });
  } catch {
    throw new Error('The server can’t be reached. Check the connection and try again.');
  }
  const body = response.status === 204 ? null : await response.json().catch(() => ({}));
  if (response.ok) return body;
  const detail = body.detail ?? 'The server could not do this';
  const message = detail.charAt(0).toUpperCase() + detail.slice(1) + '.';
  throw Object.assign(new Error(message), { status: response.status });
}

/** Shows a page and moves focus to its heading, so that a screen reader starts there. */
function show(title, steps, ...content) {
  document.title = `${title} – Family Workbook`;
  const heading = make('h1', { tabIndex: -1 }, title);
  main.replaceChildren(heading, ...content);
  way.hidden = steps.length === 0;
  way.replaceChildren(...steps.map(([text, href]) => make('a', { href }, `‹ ${text}`)));
  heading.focus();
}

function showSignIn() {
  signOut.hidden = true;
  way.hidden = true;
  document.title = 'Sign in – Family Workbook';
  main.replaceChildren(document.getElementById('sign-in').content.cloneNode(true));
  const form = main.querySelector('form');
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const [name, password] = [form.elements.name, form.elements.password];
    const error = form.querySelector('.error');
    error.textContent = '';
    try {
      const body = JSON.stringify({ sign_in: name.value, password: password.value });
      const headers = { 'content-type': 'application/json' };
      await ask('/api/sessions', { method: 'POST', headers, body });
      route();
    } catch (problem) {
      error.textContent = problem.message;
      password.value = '';
      password.focus();
    }
  });
  main.querySelector('h1').focus();
}

function showFamilies(families) {
  const items = families.map(({ id, name }) =>
    make('li', {}, make('a', { className: 'go', href: `#/families/${id}` }, name)));
  show('My families', [], items.length
    ? make('ul', {}, ...items)
    : make('p', { className: 'empty' }, 'You are not allocated to a family yet. Ask your team manager.'));
}

/** A sentence of the summary with a link to each entry that it comes from. */
function line(family, { text, citations }, ...below) {
  const sources = citations.map(({ author, discipline, date, entry }) => {
    const source = [author, discipline, date].filter(Boolean).join(', ');
    return entry
      ? make('a', { href: `#/families/${family}/entries/${entry}` }, source)
      : make('span', {}, source);
  });
  const cite = make('p', { className: 'cite' }, 'From: ');
  sources.forEach((source, at) => cite.append(...(at ? ['; ', source] : [source])));
  return make('li', {}, make('p', {}, text), cite, ...below);
}

function showSummary(family, summary) {
  const list = (items) => make('ul', {}, ...items);
  const lines = (items) => list(items.map((item) => line(family, item.line ?? item)));
  const part = (title, items, content = lines) => [
    make('h2', {}, title),
    items.length ? content(items) : make('p', { className: 'empty' }, 'Nothing recorded.'),
  ];
  const child = ({ name, lastSeen, lastSeenAlone, lines: said }) => make('section', {},
    make('h3', {}, name),
    make('p', {}, `Last seen: ${lastSeen ?? 'not recorded'}. Last seen alone: ${lastSeenAlone ?? 'not recorded'}.`),
    lines(said));
  const concern = (it) => line(family, it.line,
    list([...it.views.map((view) => line(family, view.line)), ...(it.closed ? [line(family, it.closed)] : [])]));
  show('Family summary', [['My families', '#/']],
    make('p', {}, `As of ${summary.asOf}. Each line says where it comes from.`),
    ...part('Gaps and disagreements', summary.gaps),
    ...part('Children', summary.children, (items) => make('div', {}, ...items.map(child))),
    ...part('Concerns, and who shares them', summary.concerns, (items) => list(items.map(concern))),
    ...part('Strengths', summary.strengths),
    ...part('Readings, side by side', summary.readings),
    ...part('Tools', summary.tools),
    ...part('Direction', summary.direction),
    ...part('Open actions', summary.actions),
    ...part('Contacts', summary.contacts));
}

/** A value of an entry: ids as names, codes as words, everything else as it is. */
function plain(value, names) {
  if (Array.isArray(value)) return make('ul', {}, ...value.map((it) => make('li', {}, plain(it, names))));
  if (value !== null && typeof value === 'object') {
    return make('dl', {}, ...Object.entries(value).flatMap(([key, it]) =>
      [make('dt', {}, key.replace(/([A-Z])/g, ' $1').toLowerCase()), make('dd', {}, plain(it, names))]));
  }
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  const text = String(value);
  return names[text] ?? (/^[a-z]+(-[a-z]+)+$/.test(text) ? text.replaceAll('-', ' ') : text);
}

function showEntry(family, { entry, names }) {
  const { device, provenance, ...rest } = entry;
  const origin = provenance.how === 'dictated' ? 'Dictated and checked by its author.' : 'Typed by its author.';
  show('Entry', [['Family summary', `#/families/${family}`]], make('p', {}, origin), plain(rest, names));
}

/** Shows what the address asks for. */
async function route() {
  const mine = ++shown;
  const [, family, entry] =
    location.hash.match(/^#\/families\/([0-9a-f-]{36})(?:\/entries\/([0-9a-f-]{36}))?$/) ?? [];
  try {
    const path = family ? `/api/families/${family}` : '/api/families';
    const answer = await ask(!family ? path : entry ? `${path}/entries/${entry}` : `${path}/summary`);
    // A slower answer to an earlier click must not replace this page.
    if (mine !== shown) return;
    signOut.hidden = false;
    if (!family) showFamilies(answer.families);
    else if (entry) showEntry(family, answer);
    else showSummary(family, answer);
  } catch (problem) {
    if (mine !== shown) return;
    if (problem.status === 401) showSignIn();
    else show('Something went wrong', [['My families', '#/']], make('p', { className: 'error', role: 'alert' }, problem.message));
  }
}

signOut.addEventListener('click', async () => {
  try {
    await ask('/api/sessions', { method: 'DELETE' });
    location.hash = '';
    showSignIn();
  } catch (problem) {
    show('You are still signed in', [], make('p', { className: 'error', role: 'alert' }, problem.message));
  }
});
// Done here and not by the link itself, which would take the place of the page's own address.
document.getElementById('skip').addEventListener('click', (event) => {
  event.preventDefault();
  main.focus();
});
window.addEventListener('hashchange', route);
route();
