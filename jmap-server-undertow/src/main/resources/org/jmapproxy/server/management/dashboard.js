'use strict';

const rows = document.getElementById('accounts');
const message = document.getElementById('message');
const form = document.getElementById('add');
const busy = new Set();

async function call(verb, path, body) {
  const response = await fetch(path, {
    method: verb,
    headers: body ? { 'Content-Type': 'application/json' } : {},
    body: body ? JSON.stringify(body) : undefined,
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new Error(answer.error || `The server answered ${response.status}.`);
  }
  return answer;
}

function say(text, bad) {
  message.textContent = text;
  message.className = bad ? 'bad' : 'good';
}

function element(name, text, className) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function span(seconds) {
  if (seconds < 60) return 'less than a minute';
  const units = [['day', 86400], ['hour', 3600], ['minute', 60]];
  const [unit, size] = units.find(([, size]) => seconds >= size);
  const count = Math.floor(seconds / size);
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

function ago(time) {
  if (!time) return 'never';
  const seconds = Math.round((Date.now() - Date.parse(time)) / 1000);
  return seconds < 60 ? 'just now' : `${span(seconds)} ago`;
}

function state(account) {
  const cell = element('td');
  const names = {
    new: 'waiting', first_sync: 'first sync', live: 'live', sleeping: 'asleep',
    unreachable: 'unreachable', authentication_failed: 'wrong password',
  };
  const failed = account.syncError || account.syncState === 'unreachable' || account.syncState === 'authentication_failed';
  cell.append(element('span', names[account.syncState] || account.syncState, failed ? 'bad' : ''));
  if (account.syncState === 'first_sync') {
    const bar = element('progress');
    bar.value = account.syncProgress;
    bar.setAttribute('aria-label', `First sync of ${account.accountid}: ${Math.round(account.syncProgress * 100)} percent`);
    cell.append(bar);
  }
  if (account.syncError) cell.append(element('span', account.syncError, 'reason bad'));
  return cell;
}

function button(account, label, className, work) {
  const made = element('button', label, className);
  made.type = 'button';
  made.dataset.key = `${label} ${account.accountid}`;
  made.setAttribute('aria-label', `${label} ${account.accountid}`);
  made.disabled = busy.has(account.accountid);
  made.addEventListener('click', async () => {
    busy.add(account.accountid);
    refresh();
    try {
      await work();
    } catch (error) {
      say(`${account.accountid}: ${error.message}`, true);
    }
    busy.delete(account.accountid);
    refresh();
  });
  return made;
}

function row(account) {
  const made = element('tr');
  const name = element('th', account.accountid);
  name.scope = 'row';
  const server = account.imapHost ? `${account.imapHost}:${account.imapPort}` : '';
  const path = `api/accounts/${encodeURIComponent(account.accountid)}`;
  const actions = element('td', undefined, 'actions');
  actions.append(
    button(account, 'Sync', '', async () => {
      say(`Synchronising ${account.accountid} …`);
      await call('POST', `${path}/sync`);
      say(`${account.accountid} is in step with its server.`);
    }),
    ' ',
    button(account, 'Delete', 'danger', async () => {
      const question = `Delete ${account.accountid} with all data kept here? Nothing changes on the mail server.`;
      if (!window.confirm(question)) return;
      await call('DELETE', path);
      say(`${account.accountid} is deleted.`);
    }),
  );
  const synced = element('td', ago(account.lastSync));
  if (account.lastSync) synced.title = account.lastSync;
  made.append(
    name,
    element('td', account.email),
    element('td', server),
    element('td', account.folders.toLocaleString(), 'number'),
    element('td', account.messages.toLocaleString(), 'number'),
    state(account),
    synced,
    actions,
  );
  return made;
}

function show(accounts) {
  const focused = document.activeElement && document.activeElement.dataset.key;
  rows.replaceChildren(...accounts.map(row));
  document.getElementById('none').hidden = accounts.length > 0;
  if (focused) {
    const again = [...rows.querySelectorAll('button')].find((one) => one.dataset.key === focused);
    if (again) again.focus();
  }
}

async function refresh() {
  try {
    const [accounts, health] = await Promise.all([call('GET', 'api/accounts'), call('GET', 'healthz')]);
    show(accounts);
    const open = health.children === 1 ? '1 account' : `${health.children} accounts`;
    document.getElementById('health').textContent = `Up for ${span(health.uptime)}, ${open} at work`;
  } catch (error) {
    document.getElementById('health').textContent = 'The proxy does not answer.';
  }
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const account = {};
  for (const [name, value] of new FormData(form)) {
    if (value === '') continue;
    account[name] = /(Port|SSL)$/.test(name) ? Number(value) : value;
  }
  const submit = form.querySelector('button');
  submit.disabled = true;
  say(`Saving ${account.accountid} …`);
  try {
    const answer = await call('POST', 'api/accounts', account);
    say(answer.warning ? `${account.accountid} is saved, but ${answer.warning}` : `${account.accountid} is saved.`, Boolean(answer.warning));
    form.reset();
  } catch (error) {
    say(error.message, true);
  }
  submit.disabled = false;
  refresh();
});

refresh();
setInterval(refresh, 3000);
