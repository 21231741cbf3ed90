// The console: a list of pods, a pod's timeline, its log. What comes from pods and commands is put into the page as
// text only, never as HTML.

const LOOKS = {
  Pending: 'wait', SchedulingGated: 'wait', Creating: 'wait', Initializing: 'wait',
  Unschedulable: 'warn', ImageError: 'warn', ConfigError: 'warn', CrashLoop: 'warn',
  Running: 'run', Ready: 'run', Terminating: 'end', Unknown: 'unknown',
  Succeeded: 'good', Failed: 'bad', Deleted: 'gone',
};
const LOST_LINES = {
  rotated: 'the kubelet had thrown them away before they were read (rotation).',
  removed: 'the container or its pod was gone before they were read.',
  restarted: 'the container was started again before the end of the run before was read.',
  unread: 'they are not in the part of the topic that was read.',
};
const SINCE = [['', 'first command, or a day'], ['1h', 'an hour ago'], ['24h', 'a day ago'], ['7d', 'a week ago'], ['all', 'the beginning']];
const FIRST_COMMAND = "./podwire submit create hello --image busybox:1.36 --wait -- sh -c 'echo hi; sleep 2'";
const MOST_PODS = 500;
const MOST_LOG_CHARS = 2 << 20;
const MOST_TOLD = 200;

const at = (id) => document.getElementById(id);
const pods = new Map();
let partitions = [];
let matches = 0;
let query = '';
let view = null;

// --- Making elements ---------------------------------------------------------------------------------------------

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== undefined && child !== null));
  return element;
}

function mark(look) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', `mark ${look}`);
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  use.setAttribute('href', `#shape-${look}`);
  svg.append(use);
  return svg;
}

function badge(state) {
  const look = LOOKS[state] ?? 'unknown';
  return make('span', { class: `state ${look}` }, mark(look), state ?? 'No pod');
}

function moment(iso, withDay) {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return make('time', {}, '–');
  const clock = time.toLocaleTimeString(undefined, { hour12: false }) + (withDay ? '' : `.${String(time.getMilliseconds()).padStart(3, '0')}`);
  return make('time', { datetime: iso, title: iso }, withDay ? `${day(iso)}, ${clock}` : clock);
}

const day = (iso) => new Date(iso).toLocaleDateString(undefined, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });

// Without what steers terminals; what cannot be seen or turns the writing around is shown by its number.
function visible(text) {
  return text
    .replace(/\u001b\[[0-9;?]*[ -/]*[@-~]/g, '')
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0008\u000b-\u001f]/g, (c) => String.fromCharCode(0x2400 + c.charCodeAt(0)))
    .replace(/[\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

// Puts the elements in place and keeps those that say the same, so that focus and selection stay.
function arrange(parent, wanted) {
  const there = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  let next = parent.firstElementChild;
  for (const { key, sign, build } of wanted) {
    let element = there.get(key);
    if (element === undefined || element.dataset.sign !== sign) {
      const built = build();
      built.dataset.key = key;
      built.dataset.sign = sign;
      if (element !== undefined) {
        if (element === next) next = next.nextElementSibling;
        const focused = element.contains(document.activeElement);
        element.replaceWith(built);
        if (focused) built.querySelector('a, button')?.focus();
      }
      element = built;
    }
    there.delete(key);
    if (element === next) next = next.nextElementSibling;
    else parent.insertBefore(element, next);
  }
  for (const left of there.values()) left.remove();
}

let saying;
function say(text) {
  clearTimeout(saying);
  saying = setTimeout(() => { at('said').textContent = text; }, 400);
}

async function ask(path) {
  let answer;
  try {
    answer = await fetch(path, { headers: { Accept: 'application/json' } });
  } catch {
    throw new Error('The worker does not answer. This page asks again when it is back.');
  }
  if (!answer.ok) throw new Error((await answer.text()).trim() || `The worker answered ${answer.status}.`);
  return answer.json();
}

// Until then what is told would be missed; where nothing is told, the page shows what it can read.
let heard;
const listening = new Promise((resolve) => { heard = resolve; });

// --- The list ----------------------------------------------------------------------------------------------------

const keyOf = (pod) => `${pod.namespace}/${pod.name}`;
const linkOf = (key, what = '') => `#/pod/${key}${what}`;

let asked = 0;
let asking;
let toldMeanwhile; // while an answer is awaited
async function loadPods() {
  const mine = ++asked;
  await listening;
  toldMeanwhile = [];
  try {
    const found = await ask(`/api/pods?q=${encodeURIComponent(query)}`);
    if (mine !== asked) return;
    ({ partitions, matches } = found);
    pods.clear();
    for (const pod of found.pods) pods.set(keyOf(pod), pod);
    toldMeanwhile.forEach(updateList); // it may be newer than the answer
    toldMeanwhile = undefined;
    showPods();
    showHead();
  } catch (trouble) {
    if (mine !== asked) return;
    toldMeanwhile = undefined;
    at('pods-note').textContent = trouble.message;
  }
  clearTimeout(asking);
  asking = setTimeout(loadPods, partitions.length === 0 ? 3_000 : 60_000); // for the partitions: of them no event tells
}

function showPods() {
  arrange(at('pods'), [...pods.entries()].map(([key, pod]) => ({
    key,
    sign: JSON.stringify([pod.state, pod.status, pod.reason, pod.restarts, pod.open.length, view?.key === key]),
    build: () => podRow(key, pod),
  })));
  const held = partitions.length === 0
    ? 'This worker holds no partition yet.'
    : `This worker holds partition${partitions.length === 1 ? '' : 's'} ${partitions.join(', ')}.`;
  at('partitions').textContent = `${held} Histories cover all.`;
  const more = matches > pods.size;
  at('pods-note').textContent = pods.size === 0 ? ''
    : more ? `${pods.size} of ${matches} pods: search for the others.`
      : `${pods.size} pod${pods.size === 1 ? '' : 's'}${query ? ' found' : ''}`;
  showNone();
}

function podRow(key, pod) {
  const notes = [];
  if (pod.status && pod.status !== pod.state && pod.state !== 'Deleted') notes.push(pod.status);
  if (pod.reason && pod.reason !== pod.status && pod.reason !== pod.state) notes.push(pod.reason);
  if (pod.restarts) notes.push(`${pod.restarts} restart${pod.restarts === 1 ? '' : 's'}`);
  if (pod.open.length) notes.push(`${pod.open.length} open command${pod.open.length === 1 ? '' : 's'}`);
  const { namespace, name } = pod;
  return make('li', { class: pod.fresh ? 'fresh' : null },
    make('a', { href: linkOf(key), 'aria-current': view?.key === key ? 'true' : null },
      make('span', { class: 'name' }, name), badge(pod.state),
      make('span', { class: 'quiet' }, [namespace, ...notes].join(' · '))));
}

function showNone() {
  const none = at('pods-empty');
  none.hidden = pods.size > 0;
  if (pods.size > 0) return;
  const asPod = /^[a-z0-9][-a-z0-9]*(\/[a-z0-9][-.a-z0-9]*)?$/.test(query);
  const key = query.includes('/') ? query : `default/${query}`;
  none.replaceChildren(...(query === ''
    ? [make('p', {}, 'No pods yet. Make one, in a terminal beside this page:'),
      make('pre', {}, make('code', {}, FIRST_COMMAND)), make('p', {}, 'It appears here by itself.')]
    : [make('p', {}, `This worker holds no pod and no command id like “${query}”.`),
      asPod ? make('p', {}, 'Another worker may: ', make('a', { href: linkOf(key) }, `read the topics for ${key}`), '.') : null,
    ].filter(Boolean)));
}

let searching;
at('q').addEventListener('input', () => {
  clearTimeout(searching);
  searching = setTimeout(() => { query = at('q').value.trim(); loadPods(); }, 200);
});
at('search').addEventListener('submit', (event) => event.preventDefault());

// --- One pod -----------------------------------------------------------------------------------------------------

function route() {
  const found = /^#\/pod\/([^/]+)\/([^/]+?)(\/log)?$/.exec(decodeURI(location.hash));
  if (location.hash && !location.hash.startsWith('#/')) return;
  const key = found && `${found[1]}/${found[2]}`;
  const what = found?.[3] ? 'log' : 'timeline';
  const same = view !== null && view.key === key;
  document.body.classList.toggle('with-pod', key !== null);
  if (key === null) {
    view = null;
    document.title = 'Pods · Podwire';
    at('detail').replaceChildren(make('div', { class: 'empty' }, make('p', { class: 'quiet' }, 'Choose a pod to see its timeline and its log.')));
  } else {
    view = { key, what, since: same ? view.since : '', entries: [], known: new Set(), told: [], sessions: [], session: null };
    document.title = `${key} · Podwire`;
    frame();
    load();
    if (!same) at('detail').focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }
  showPods();
}
window.addEventListener('hashchange', route);

function frame() {
  const { key, what, since } = view;
  const choose = make('select', { id: 'since' }, ...SINCE.map(([value, text]) => make('option', { value, selected: value === since ? '' : null }, text)));
  choose.addEventListener('change', () => { view.since = choose.value; load(); });
  const tab = (name, text, link) => make('a', { href: link, 'aria-current': what === name ? 'page' : null }, text);
  at('detail').replaceChildren(
    make('a', { class: 'back', href: '#/' }, '‹ All pods'),
    make('div', { class: 'headline' }, make('h2', {}, key), make('span', { id: 'state' })),
    make('dl', { class: 'facts', id: 'facts' }),
    make('div', { class: 'bar' },
      make('nav', { class: 'views', 'aria-label': `What of ${key}` }, tab('timeline', 'Timeline', linkOf(key)), tab('log', 'Log', linkOf(key, '/log'))),
      make('div', { class: 'choices' },
        make('span', { class: 'choice', id: 'sessions', hidden: '' }),
        make('span', { class: 'choice' }, make('label', { for: 'since' }, 'Since'), choose))),
    make('p', { class: 'quiet', id: 'progress', role: 'status' }),
    make('div', { id: 'content' }));
  showHead();
}

function showHead() {
  if (view === null || at('facts') === null) return;
  const pod = pods.get(view.key) ?? view.newest ?? {};
  at('state').replaceChildren(pod.state ? badge(pod.state) : '');
  const facts = [['Status', pod.state === 'Deleted' ? null : pod.status], ['Node', pod.node], ['Restarts', pod.restarts || null], ['uid', pod.uid],
    ['Open commands', pod.open?.map((command) => command.id).join(', ') || null]];
  at('facts').replaceChildren(...facts.filter(([, value]) => value)
    .map(([name, value]) => make('div', {}, make('dt', {}, name), make('dd', {}, String(value)))));
}

async function load(quietly = false) {
  const mine = view;
  const turn = mine.turn = (mine.turn ?? 0) + 1;
  const since = mine.since ? `since=${mine.since}` : '';
  if (!quietly) at('progress').textContent = 'Reading the topics …';
  await listening;
  if (mine !== view || turn !== mine.turn) return;
  try {
    const log = mine.what === 'log';
    const id = log && mine.session ? `&id=${encodeURIComponent(mine.session.id)}` : '';
    const read = await ask(`/api/pods/${mine.key}/${mine.what}?${since}${id}`);
    if (mine !== view || turn !== mine.turn) return;
    at('progress').textContent = read.from ? `Read from ${day(read.from)}, ${new Date(read.from).toLocaleTimeString()} on.` : '';
    if (log) takeLog(read);
    else takeTimeline(read);
    mine.told.forEach((event) => updateView(event, true));
  } catch (trouble) {
    if (mine !== view || turn !== mine.turn) return;
    at('progress').textContent = '';
    const again = make('button', { type: 'button' }, 'Read again');
    again.addEventListener('click', () => load());
    at('content').replaceChildren(make('div', { class: 'trouble', role: 'alert' }, make('p', {}, trouble.message), again));
  }
}

function hole(title, text) {
  return make('div', { class: 'hole' }, make('strong', {}, title), text);
}

function nothing(text, command) {
  return make('div', { class: 'empty' }, make('p', {}, text), command ? make('pre', {}, make('code', {}, command)) : null);
}

// --- The timeline ------------------------------------------------------------------------------------------------

function takeTimeline(read) {
  view.read = read;
  view.entries = read.entries;
  view.known = new Set(read.entries.map(idOf).filter(Boolean));
  showTimeline();
}

const idOf = (entry) => entry.event?.id ?? (entry.sent ? `sent ${entry.sent.source} ${entry.sent.id}` : undefined);

function showTimeline() {
  const moments = momentsOf(view.entries, view.read);
  const newest = view.entries.findLast((entry) => entry.event?.type === 'io.podwire.pod.transition.v1');
  if (newest !== undefined) {
    const { to, status, node, uid } = newest.event.data;
    view.newest = { state: to, status, node, uid, restarts: restarts(newest.event.data) };
    showHead();
  }
  const content = at('content');
  if (view.entries.length === 0) {
    content.replaceChildren(nothing(`The topics tell nothing of ${view.key} since then.`));
    return;
  }
  let list = content.querySelector('ol');
  if (list === null) {
    list = make('ol', { class: 'timeline', 'aria-label': `Timeline of ${view.key}` });
    content.replaceChildren(list);
  }
  arrange(list, withDays(moments).map((item) => ({ key: item.key, sign: JSON.stringify(item), build: () => row(item) })));
}

function withDays(moments) {
  const all = [];
  let before;
  for (const item of moments) {
    const now = item.time && day(item.time);
    if (now && now !== before) all.push({ key: `day ${now}`, day: now });
    before = now ?? before;
    all.push(item);
  }
  return all;
}

function row(item) {
  if (item.day) return make('li', { class: 'day' }, make('h3', {}, item.day));
  const time = item.time ? moment(item.time) : make('span');
  if (item.gap) return make('li', { class: 'gap' }, time, hole(item.gap, item.text));
  return make('li', {}, time, mark(item.look),
    make('div', {}, make('p', {}, make('b', {}, item.what), item.plain ? ` ${item.plain}` : null),
      ...(item.said ?? []).map((text) => make('p', { class: item.look === 'bad' && item.error ? 'said bad' : 'said' }, text)),
      item.log ? make('a', { class: 'said', href: linkOf(view.key, '/log') }, 'Show the log') : null));
}

const restarts = (data) => (data.containers ?? []).reduce((sum, container) => sum + (container.restarts ?? 0), 0);

// What stands in the timeline; what is missing between two entries stands there as a gap.
function momentsOf(entries, read) {
  const all = [];
  const seqs = new Map();
  const runs = new Map();
  const chunks = new Map();
  let uid;
  entries.forEach((entry, number) => {
    const key = idOf(entry) ?? `log ${entry.log.source} ${entry.log.id} ${entry.log.firstChunk}`;
    const put = (more) => all.push({ key: `${key}${all.some((one) => one.key === key) ? ` ${number}` : ''}`, time: entry.time, ...more });
    const gap = (title, text, time) => all.push({ key: `gap ${number} ${all.length}`, gap: title, text, time });
    if (entry.sent) {
      put({ look: 'command', what: kind(entry.sent.type), plain: `sent · ${entry.sent.id ?? 'without id'}`, said: entry.sent.source ? [`by ${entry.sent.source}`] : [] });
    } else if (entry.log) {
      const { source, id, container, firstChunk, lastChunk, lines } = entry.log;
      const session = `${source} ${id}`;
      const expected = chunks.get(session) ?? 0;
      if (firstChunk > expected) gap('Log chunks are missing', `${numbers('Chunk', expected, firstChunk - 1)} of ${id} ${expected === firstChunk - 1 ? 'is' : 'are'} not in the part of the topic that was read.`);
      chunks.set(session, lastChunk + 1);
      put({ look: 'log', what: `Log of ${container}`, plain: `${lines} line${lines === 1 ? '' : 's'} · ${id}`, log: true });
    } else if (entry.event.type === 'io.podwire.pod.transition.v1') {
      const data = entry.event.data;
      if (uid !== undefined && uid !== data.uid) put({ key: `uid ${data.uid}`, look: 'command', what: 'Another pod of the same name', plain: `uid ${data.uid}` });
      uid = data.uid;
      const before = seqs.get(uid) ?? 0;
      if (data.seq > before + 1) gap('Transitions are missing', `${numbers('Transition', before + 1, data.seq - 1)} ${data.seq === before + 2 ? 'is' : 'are'} not in the part of the topic that was read.`);
      seqs.set(uid, Math.max(before, data.seq));
      if (data.provenance === 'gap') gap('Nobody saw what happened here', data.message ?? 'Something must have happened that cannot be rebuilt.', entry.time);
      else transition(data, runs, put);
    } else if (entry.event.type === 'io.podwire.log.gap.v1') {
      const { container, reason } = entry.event.data;
      gap(`Lines of the log of ${container} are missing`, `Lines are or may be missing here: ${LOST_LINES[reason] ?? reason}`, entry.time);
    } else {
      answer(entry.event, put);
    }
  });
  if (read.upTo) all.push({ key: 'cut', gap: 'Reading stopped here', text: `There was more than is read at once: what was written after ${new Date(read.upTo).toLocaleString()} is not shown. Choose a later beginning.` });
  return all;
}

const numbers = (what, first, last) => (first === last ? `${what} ${first}` : `${what}s ${first} to ${last}`);
const kind = (type) => (type ? type.replace(/^io\.podwire\.(pod\.|command\.)?(.+)\.v1$/, '$2') : 'unreadable command');

function transition(data, runs, put) {
  const said = [];
  if (data.status && data.status !== data.to && data.to !== 'Deleted') said.push(data.status);
  if (data.reason && data.reason !== data.status) said.push(data.reason);
  if (data.message) said.push(data.message);
  for (const container of data.containers ?? []) {
    const known = `${data.uid} ${container.name}`;
    const more = (container.restarts ?? 0) - (runs.get(known) ?? 0);
    if (more > 0) put({ key: `restart ${known} ${container.restarts}`, look: 'turn', what: `${container.name} was started again`, plain: more === 1 ? `restart ${container.restarts}` : `${more} times, ${container.restarts} in all` });
    runs.set(known, Math.max(runs.get(known) ?? 0, container.restarts ?? 0));
    if (container.exitCode !== undefined && container.state === 'terminated') said.push(`${container.name} ended with exit code ${container.exitCode}`);
  }
  if (data.provenance === 'inferred') said.push('Not seen; proven by the kubelet’s own times');
  if (data.anomaly) said.push(`Contradicts what was told before: ${data.anomaly}`);
  put({ look: LOOKS[data.to] ?? 'unknown', what: data.to, plain: data.from && data.from !== data.to ? `after ${data.from}` : '', said });
}

function answer(event, put) {
  const { data } = event;
  const id = event.causationid ?? '';
  const which = kind(event.type);
  const error = data.error;
  if (error) {
    put({ look: 'bad', error: true, what: which === 'rejected' ? 'Rejected' : 'Failed', plain: `${error.code} ${error.reason} · ${id}`, said: [error.message, ...(error.pointer ? [`at ${error.pointer}`] : [])] });
  } else if (which === 'succeeded') {
    put({ look: 'good', what: word(data.outcome ?? 'succeeded'), plain: `· ${id}`, said: data.warning ? [data.warning] : [] });
  } else if (which === 'accepted') {
    put({ look: 'wait', what: 'Accepted', plain: `and open · ${id}` });
  } else if (which === 'duplicate') {
    put({ look: 'command', what: 'Repeat', plain: `of a command that was taken in before · ${id}` });
  } else {
    put({ look: 'unknown', what: event.type, plain: id });
  }
}

const word = (text) => text.charAt(0).toUpperCase() + text.slice(1);

// --- The log -----------------------------------------------------------------------------------------------------

const nameOf = (session) => `${session.source} ${session.id}`;

function takeLog(read) {
  view.read = read;
  view.sessions = read.sessions;
  const wanted = view.session && nameOf(view.session);
  const session = read.sessions.find((one) => nameOf(one) === wanted) ?? read.sessions.at(-1);
  view.session = session ?? null;
  showSessions();
  const content = at('content');
  if (session === undefined) {
    content.replaceChildren(nothing('No command has asked for this pod’s log since then. Ask for it:', `./podwire submit logs ${view.key.split('/')[1]} -n ${view.key.split('/')[0]} --follow`));
    return;
  }
  const box = make('div', { class: 'lines', id: 'log', role: 'region', tabindex: '0', 'aria-label': `Log of ${view.key}, read by ${session.id}` });
  content.replaceChildren(box);
  view.chars = 0;
  view.lastChunk = -1;
  view.from = undefined;
  if (session.cut) box.append(hole('Older lines are not shown', 'The log is longer than what is held here: these are its newest lines.'));
  session.parts.forEach((part) => addPart(box, part));
  if (read.upTo) box.append(hole('Reading stopped here', `What was written after ${new Date(read.upTo).toLocaleString()} is not shown. Choose a later beginning.`));
  if (session.parts.length === 0) box.append(make('p', { class: 'from' }, 'Nothing was printed.'));
  box.scrollTop = box.scrollHeight;
}

function showSessions() {
  const bar = at('sessions');
  bar.hidden = view.sessions.length < 2;
  const select = make('select', { id: 'session' }, ...view.sessions.map((one) => make('option', { value: nameOf(one), selected: nameOf(one) === nameOf(view.session) ? '' : null }, one.id)));
  select.addEventListener('change', () => {
    view.session = view.sessions.find((one) => nameOf(one) === select.value);
    load();
  });
  bar.replaceChildren(make('label', { for: 'session' }, 'Read by'), select);
}

function addPart(box, part) {
  if (part.missing) {
    box.append(hole('Lines are missing', `Lines of ${part.container} are or may be missing here: ${LOST_LINES[part.missing] ?? part.missing}`));
    view.from = undefined;
    return;
  }
  const from = part.restart > 0 ? `${part.container}, restart ${part.restart}` : part.container;
  if (from !== view.from) box.append(make('p', { class: 'from' }, from), make('pre'));
  view.from = from;
  view.lastChunk = part.chunk;
  const lines = visible(part.text);
  box.lastElementChild.append(lines);
  view.chars += lines.length;
}

let later;
function loadSoon() {
  if (later === undefined) later = setTimeout(() => { later = undefined; if (view !== null) load(true); }, 3000);
}

function logEvent(event, again) {
  const { container, restart, text, omittedBytes, reason, chunk } = event.data;
  const mine = view.session && nameOf(view.session) === `${event.causationsource} ${event.causationid}`;
  const box = at('log');
  if (view.known.has(event.id) || (view.session !== null && !mine) || (mine && chunk <= view.lastChunk)) return;
  view.known.add(event.id);
  const place = reason === undefined || !again; // of lost lines that are told again: among what was read
  const whole = reason !== undefined || (text !== undefined && !omittedBytes && view.chars <= MOST_LOG_CHARS);
  if (!mine || !place || !whole) {
    loadSoon();
    return;
  }
  const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 40;
  addPart(box, reason ? { container, missing: reason } : { container, restart, chunk, text });
  if (atEnd) box.scrollTop = box.scrollHeight;
}

// --- What is told live -------------------------------------------------------------------------------------------

function take(event) {
  toldMeanwhile?.push(event);
  updateList(event);
  if (view === null || event.subject !== view.key) return;
  view.told.push(event);
  if (view.told.length > MOST_TOLD) view.told.shift();
  if (view.read !== undefined) updateView(event, false);
}

// What was read may be older than what was told while it was read: that is told again then.
function updateView(event, again) {
  if (view.what === 'log') {
    if (event.type.startsWith('io.podwire.log.')) logEvent(event, again);
  } else {
    updateTimeline(event, again);
  }
}

function updateList(event) {
  if (!event.data.pod) return;
  const { namespace, name } = event.data.pod;
  const key = `${namespace}/${name}`;
  const known = pods.get(key);
  if (known === undefined && query !== '' && !key.includes(query)) return;
  const pod = known ?? { namespace, name, open: [], fresh: true };
  if (event.type === 'io.podwire.pod.transition.v1') {
    const { uid, seq, to, status, reason, node } = event.data;
    if (pod.uid === uid && pod.seq >= seq) return;
    Object.assign(pod, { uid, seq, state: to, status, reason, node, restarts: restarts(event.data) });
    if (view === null || view.key === key) say(`${name} is ${to}`);
  } else if (event.type === 'io.podwire.command.accepted.v1') {
    pod.open = [...pod.open.filter((one) => one.id !== event.causationid), { source: event.causationsource, id: event.causationid }];
  } else if (event.type.startsWith('io.podwire.command.')) {
    pod.open = pod.open.filter((one) => one.id !== event.causationid);
  }
  if (known === undefined) {
    const before = [...pods];
    pods.clear();
    pods.set(key, pod);
    for (const [other, value] of before.slice(0, MOST_PODS - 1)) pods.set(other, value);
    matches += 1;
  }
  showSoon();
}

let showing = false;
function showSoon() {
  if (showing) return;
  showing = true;
  requestAnimationFrame(() => { showing = false; showPods(); showHead(); });
}

function updateTimeline(event, again) {
  if (view.known.has(event.id)) return;
  view.known.add(event.id);
  const command = `sent ${event.causationsource} ${event.causationid}`;
  if (!again && event.type.startsWith('io.podwire.command.') && !view.known.has(command)) loadSoon(); // for the command itself
  if (event.type === 'io.podwire.log.chunk.v1') addChunk(event);
  else view.entries.push({ time: event.time, event });
  showTimeline();
}

function addChunk(event) {
  const { container, chunk, lines, last } = event.data;
  const ofSession = (log) => log !== undefined && log.source === event.causationsource && log.id === event.causationid;
  if (view.entries.some(({ log }) => ofSession(log) && chunk <= log.lastChunk)) return;
  const before = view.entries.at(-1)?.log;
  if (ofSession(before) && before.container === container && chunk === before.lastChunk + 1) {
    Object.assign(before, { lastChunk: chunk, lines: before.lines + lines, last });
    return;
  }
  view.entries.push({ time: event.time, log: { source: event.causationsource, id: event.causationid, container, firstChunk: chunk, lastChunk: chunk, lines, last } });
}

function listen() {
  const events = new EventSource('/api/events');
  const connection = at('connection');
  const status = (text, look) => { connection.textContent = text; connection.className = `connection ${look}`; };
  const fresh = () => { loadPods(); if (view !== null) load(true); };
  let lost = false;
  status('Connecting', '');
  events.addEventListener('hello', () => {
    status('Live', 'live');
    heard();
    if (lost || pods.size === 0) loadPods();
    if (lost && view !== null) load(true);
    lost = false;
  });
  events.addEventListener('missed', fresh);
  events.addEventListener('message', (message) => take(JSON.parse(message.data)));
  events.addEventListener('error', () => {
    lost = true;
    heard();
    status('Not live: connecting again', 'down');
    if (events.readyState !== EventSource.CLOSED) return;
    status('Not live: the worker has no place for another page, or is away', 'down');
    setTimeout(listen, 10_000);
  });
}

route();
listen();
