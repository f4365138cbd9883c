import {describe, expect, it} from 'vitest';
import {farewell} from '../../../source/app/shell/farewell.ts';
import type {Message} from '../../../source/app/state/message.ts';
import {historyRows, runTitles, selectedIndex} from '../../../source/app/state/select.ts';
import type {AppState} from '../../../source/app/state/state.ts';
import {canceled, childFailure, failures, programWithSubagent, rootId} from '../../history/families.ts';
import {beginning, connected, finished, go, type Journey, journey, running} from '../journey.ts';
import {facts} from '../recorded-connection.ts';

const home = (): Journey => connected();
const done = (): Journey => finished(programWithSubagent(), 'completed');
const failed = (): Journey => finished(childFailure(), 'failed');
const slow = (): Journey => running(canceled().slice(0, -5));

type Row = [title: string, start: () => Journey, keys: string, commands: object[]];

const commands: Row[] = [
  [
    'a prompt starts a run',
    home,
    "'hello' enter",
    [{type: 'remember'}, {type: 'start', request: {prompt: 'hello'}}],
  ],
  [
    'an empty prompt at home runs the selected scenario',
    home,
    'down enter',
    [{type: 'start', request: {scenario: 'ptc'}}],
  ],
  [
    'a second prompt starts another run',
    slow,
    "'more' enter",
    [{type: 'remember'}, {type: 'start', request: {prompt: 'more'}}],
  ],
  [
    'a prompt after a completed run continues its conversation',
    done,
    "'and then?' enter",
    [{type: 'remember'}, {type: 'start', request: {prompt: 'and then?', continues: rootId}}],
  ],
  [
    '/new starts afresh',
    done,
    "'/new' enter 'hello' enter",
    [{type: 'remember'}, {type: 'remember'}, {type: 'start', request: {prompt: 'hello'}}],
  ],
  [
    'a prompt after a failed run starts afresh',
    failed,
    "'again' enter",
    [{type: 'remember'}, {type: 'start', request: {prompt: 'again'}}],
  ],
  ['a digit picks a scenario', done, 'ctrl+s 3', [{type: 'start', request: {scenario: 'retry'}}]],
  [
    'typing filters the picker',
    done,
    "ctrl+s 'slow' enter",
    [{type: 'start', request: {scenario: 'cancel-direct'}}],
  ],
  ['escape leaves the picker', done, 'ctrl+s escape enter', []],
  [
    '/scenario runs one',
    home,
    "'/scenario ptc' enter",
    [{type: 'remember'}, {type: 'start', request: {scenario: 'ptc'}}],
  ],
  [
    'a completion is taken by enter',
    home,
    "'/sand' enter",
    [{type: 'remember', prompt: '/sandbox'}, {type: 'listSandbox'}],
  ],
  [
    'a completion that wants more waits',
    home,
    "'/att' enter 'agent-x' enter",
    [{type: 'remember'}, {type: 'attach', workflowId: 'agent-x'}],
  ],
  ['tab completes', home, "'/he' tab enter", [{type: 'remember', prompt: '/help'}]],
  [
    '/model is for the next runs',
    home,
    "'/model gpt-5.5' enter 'hi' enter",
    [{type: 'remember'}, {type: 'remember'}, {type: 'start', request: {prompt: 'hi', model: 'gpt-5.5'}}],
  ],
  ['/runs asks the server', home, "'/runs' enter", [{type: 'remember'}, {type: 'list'}]],
  [
    '/export saves the run',
    done,
    "'/export' enter",
    [{type: 'remember'}, {type: 'save', workflowIds: [rootId, `${rootId}/t1.c1.2`]}],
  ],
  ['one ctrl+c only warns', slow, 'ctrl+c', []],
  ['two cancel the run', slow, 'ctrl+c ctrl+c', [{type: 'cancel', workflowId: rootId}]],
  ['another key between them disarms', slow, "ctrl+c 'a' backspace ctrl+c", []],
  [
    'ctrl+c clears the prompt first',
    slow,
    "'text' ctrl+c ctrl+c ctrl+c",
    [{type: 'cancel', workflowId: rootId}],
  ],
  ['two ctrl+c quit when nothing runs', done, 'ctrl+c ctrl+c', [{type: 'quit', code: 0}]],
  ['ctrl+d on an empty prompt quits', done, 'ctrl+d', [{type: 'quit', code: 0}]],
  ['ctrl+d with open runs asks', slow, 'ctrl+d n', []],
  ['and quits when told so', slow, 'ctrl+d y', [{type: 'quit', code: 0}]],
  [
    'what is typed where nothing is shown does nothing',
    () => go(slow(), 'tab tab', {type: 'resized', columns: 20, rows: 5}),
    "'xyq' enter ctrl+d",
    [],
  ],
  [
    'ctrl+d deletes where there is text',
    done,
    "'ab' left ctrl+d enter",
    [{type: 'remember', prompt: 'a'}, {type: 'start'}],
  ],
  ['nobody quits by one ctrl+d too many', done, "'ab' ctrl+a ctrl+d ctrl+d ctrl+d ctrl+d", []],
  ['but by the next one after another key', done, "'a' ctrl+a ctrl+d left ctrl+d", [{type: 'quit', code: 0}]],
  ['ctrl+d scrolls elsewhere', done, 'tab ctrl+d tab ctrl+d ctrl+d ? ctrl+d', []],
  ['q never quits', done, 'tab q tab tab q q', []],
  [
    'a digit at home is the start of a prompt',
    home,
    "'3 haikus' enter",
    [{type: 'remember'}, {type: 'start', request: {prompt: '3 haikus'}}],
  ],
  [
    'a digit picks a scenario over the home screen',
    home,
    'ctrl+s 2',
    [{type: 'start', request: {scenario: 'ptc'}}],
  ],
  ['a sentence typed in the wrong pane cancels nothing', slow, "tab tab 'extra yes, why not'", []],
  ['x cancels after asking', slow, 'tab tab x y', [{type: 'cancel', workflowId: rootId}]],
  ['x does nothing after a no', slow, 'tab tab x n', []],
  ['y copies a detail', done, 'tab tab enter y', [{type: 'copy'}]],
  ['ctrl+l draws anew', home, 'ctrl+l', [{type: 'redraw'}]],
  [
    'a new line does not run the prompt',
    home,
    "'a' ctrl+j 'b' alt+enter enter",
    [{type: 'remember', prompt: 'a\nb\n'}, {type: 'start'}],
  ],
];

const shows: [
  title: string,
  start: () => Journey,
  keys: string,
  pick: (state: AppState) => unknown,
  expected: unknown,
][] = [
  ['? opens the help from an empty prompt', home, '?', topType, 'help'],
  ['? is text in a prompt', home, "'why?'", (state) => state.prompt.buffer.text, 'why?'],
  ['? opens the help from a pane', done, 'tab ?', topType, 'help'],
  ['q closes an overlay', done, 'tab ? q', topType, undefined],
  ['escape leads back to the prompt', done, 'tab escape', (state) => state.focus, 'prompt'],
  ['escape stays in the prompt', done, 'escape escape', (state) => state.focus, 'prompt'],
  ['escape drops a command', done, "'/sc' escape 'a note'", (state) => state.prompt.buffer.text, 'a note'],
  ['escape keeps a prompt', done, "'a note' escape", (state) => state.prompt.buffer.text, 'a note'],
  [
    'enter in an empty prompt opens the newest run, its answer first',
    done,
    'enter',
    (state) => state.overlays,
    [{type: 'detail', subject: {type: 'node', key: rootId}, top: 0}],
  ],
  ['tab goes round', done, 'tab tab tab', (state) => state.focus, 'prompt'],
  ['shift+tab goes the other way', done, 'shift+tab', (state) => state.focus, 'history'],
  ['tab stays at home', home, 'tab', (state) => state.focus, 'prompt'],
  [
    'an unknown command suggests',
    home,
    "'/sandboks' enter",
    noticeText,
    'unknown command /sandboks, did you mean /sandbox?',
  ],
  [
    'and stays, to be corrected',
    home,
    "'/sandboks a' enter",
    (state) => state.prompt.buffer.text,
    '/sandboks a',
  ],
  [
    'a command whose argument is missing tells its use',
    home,
    "'/model' enter enter",
    noticeText,
    expect.stringContaining('/model <name> chooses'),
  ],
  ['or points to the list', home, "'/xyzzy' enter", noticeText, 'unknown command /xyzzy: /help lists them'],
  [
    'an unknown scenario says so',
    home,
    "'/scenario nope' enter",
    noticeText,
    'no scenario is called nope: /scenarios lists them',
  ],
  [
    'up recalls prompts',
    done,
    "'draft' up",
    (state) => state.prompt.buffer.text,
    'write a note and delegate',
  ],
  ['down comes back to the draft', done, "'draft' up down", (state) => state.prompt.buffer.text, 'draft'],
  ['scrolling up stops following', done, 'tab up', (state) => state.events.view.follow, false],
  ['G follows again', done, 'tab up G', (state) => state.events.view.follow, true],
  ['a filter applies while it is typed', done, "tab / 'write_file'", (state) => state.events.shown.length, 5],
  [
    'a regular expression may be negated',
    done,
    "tab / '!/model|spawn/'",
    (state) => state.events.shown.length,
    8,
  ],
  ['escape drops a filter', done, "tab / 'write' escape", (state) => state.events.shown.length, 18],
  [
    'enter keeps it',
    done,
    "tab / 'write' enter",
    (state) => [state.events.filter, state.events.editing],
    ['write', undefined],
  ],
  [
    'a broken expression says so',
    done,
    "tab / '/(/'",
    (state) => state.events.filterError,
    'not a regular expression: /(/',
  ],
  [
    'w shows workflow tasks',
    done,
    'tab w',
    (state) => state.events.shown.length,
    programWithSubagent().length,
  ],
  ['- folds everything', done, 'tab tab -', (state) => historyRows(state).length, 1],
  ['+ unfolds it', done, 'tab tab - +', (state) => historyRows(state).length, 9],
  ['left folds, then goes to the parent', done, 'tab tab G left left', selectedKey, `${rootId}`],
  ['right goes into a node', done, 'tab tab right right', selectedKey, `${rootId}#t1.c1`],
  ['n goes to the next failure', failed, 'tab tab g n', selectedKey, `${rootId}#t1.c1`],
  ['n opens what is folded', failed, 'tab tab - n', selectedKey, `${rootId}#t1.c1`],
  ['r goes to where it began', failed, 'tab tab g r', selectedKey, `${rootId}/t1.c1#t1`],
  ['r says so where nothing failed', done, 'tab tab r', noticeText, 'nothing has failed here'],
  ['follow selects what is running', slow, 'tab tab', selectedKey, `${rootId}#t1.c1`],
  ['t shows times', done, 'tab tab t', (state) => state.tree.mode, 'timeline'],
  [
    'o explains where there is no web',
    done,
    'tab tab o',
    noticeText,
    'this server has no Temporal Web: start with a dev server or a cluster',
  ],
  [
    '/clear forgets what is over',
    done,
    "'/clear' enter",
    (state) => [state.runs.length, state.events.entries.length],
    [0, 0],
  ],
  ['leaving says what is lost', slow, 'ctrl+d', topQuestion, 'Leave? 1 run will be lost.'],
];

function topType(state: AppState): unknown {
  return state.overlays.at(-1)?.type;
}

function topQuestion(state: AppState): unknown {
  const top = state.overlays.at(-1);
  return top?.type === 'confirm' ? top.question : undefined;
}

function noticeText(state: AppState): unknown {
  return state.notice?.text;
}

function selectedKey(state: AppState): unknown {
  const rows = historyRows(state);
  return rows[selectedIndex(state, rows)]?.key;
}

describe('keys', () => {
  it.each(commands)('%s', (_title, start, keys, expected) => {
    const before = start();
    const after = go(before, keys);
    expect(after.commands.slice(before.commands.length)).toMatchObject(expected);
    expect(after.commands.length - before.commands.length).toBe(expected.length);
  });

  it.each(shows)('%s', (_title, start, keys, pick, expected) => {
    expect(pick(go(start(), keys).state)).toEqual(expected);
  });
});

describe('starting and losing the server', () => {
  it('keeps prompts until the server is there, then starts them in order', () => {
    const early = go(journey(), "'one' enter 'two' enter");
    expect(early.commands.filter(({type}) => type === 'start')).toEqual([]);
    const late = go(early, {type: 'connected', facts, now: beginning});
    const starts = late.commands.filter(({type}) => type === 'start');
    expect(starts).toMatchObject([{request: {prompt: 'one'}}, {request: {prompt: 'two'}}]);
  });

  it('tries again after a failure, each time later', () => {
    const once = go(journey(), {type: 'connectFailed', text: 'port is in use'});
    const twice = go(once, {type: 'connectFailed', text: 'port is in use'});
    expect(twice.commands).toEqual([
      {type: 'connect', delay: 500},
      {type: 'connect', delay: 1000},
    ]);
    expect(twice.state.connection).toMatchObject({phase: 'failed', message: 'port is in use'});
  });

  it('starts a lost server again and follows its open runs', () => {
    const lasting = go(slow(), {type: 'connected', facts: {...facts, lasting: true}, now: beginning});
    const lost = go(lasting, {type: 'lost', text: 'the worker process ended.'});
    expect(lost.state.connection.phase).toBe('lost');
    expect(noticeText(lost.state)).toBe('the worker process ended; starting again');
    const again = go(lost, {type: 'connected', facts, now: beginning});
    expect(again.commands.slice(-2)).toEqual([
      {type: 'connect', delay: 0},
      {type: 'attach', workflowId: rootId},
    ]);
  });

  it('gives up the runs of a lost server that kept nothing', () => {
    const lost = go(slow(), {type: 'lost', text: 'gone'}, {type: 'connected', facts, now: beginning});
    expect(lost.state.runs.map(({state}) => state)).toEqual(['lost']);
    expect(lost.commands.filter(({type}) => type === 'attach')).toEqual([]);
    expect(farewell(lost.state)).toContain('It was lost with its server.');
  });

  it('shows events once, though they are delivered again', () => {
    const events = programWithSubagent();
    const once = running(events.slice(0, 12));
    const updates = [{type: 'events' as const, workflowId: rootId, events}];
    const twice = go(once, {type: 'updates', updates, now: beginning});
    expect(twice.state.events.entries).toHaveLength(events.length);
  });

  it('lives on when a run cannot be followed or started', () => {
    const gone = go(slow(), {
      type: 'updates',
      updates: [{type: 'unfollowable', workflowId: rootId, message: 'the run was deleted'}],
      now: beginning,
    });
    expect(gone.state.runs).toMatchObject([{state: 'unfollowable'}]);
    expect(noticeText(gone.state)).toBe('the run was deleted');
    const refused = go(go(home(), "'hi' enter"), {type: 'startFailed', id: 1, text: 'no such queue'});
    expect(refused.state.waiting).toEqual([]);
    expect(noticeText(refused.state)).toBe('no such queue');
  });

  it('lets a conversation go that cannot go on', () => {
    const asked = go(done(), "'and then?' enter");
    const [{id} = {id: 0}] = asked.state.waiting;
    const refused = go(asked, {type: 'startFailed', id, text: 'the earlier run is not there'});
    expect(refused.state.prompt.buffer.text).toBe('and then?');
    expect(go(refused, 'enter').commands.at(-1)).toEqual({
      type: 'start',
      id: id + 1,
      request: {prompt: 'and then?'},
    });
  });

  it('starts afresh after a server that does not last has gone', () => {
    const back = go(done(), {type: 'lost', text: 'gone'}, {type: 'connected', facts, now: beginning});
    expect(go(back, "'hi' enter").commands.at(-1)).toMatchObject({request: {prompt: 'hi'}});
    expect(go(back, "'hi' enter").commands.at(-1)).not.toHaveProperty('request.continues');
    const lasting = go(done(), {type: 'connected', facts: {...facts, lasting: true}, now: beginning});
    const kept = go(lasting, {type: 'lost', text: 'gone'}, {type: 'connected', facts, now: beginning});
    expect(go(kept, "'hi' enter").commands.at(-1)).toMatchObject({request: {continues: rootId}});
  });

  it('says that the server is away until it answers again, whatever is typed meanwhile', () => {
    const lost = go(slow(), connection('lost', 'No answer from 127.0.0.1'), "'a' backspace");
    expect(lost.state.connection).toMatchObject({phase: 'ready', outage: 'No answer from 127.0.0.1'});
    const back = go(lost, connection('restored', 'The server answers again.'));
    expect(back.state.connection.outage).toBeUndefined();
    expect(noticeText(back.state)).toBe('The server answers again.');
    const dead = go(lost, {type: 'lost', text: 'the host ended'});
    expect(dead.state.connection.outage).toBeUndefined();
  });

  it('says whose queue no worker polls, until one does', () => {
    const queue = (state: 'polled' | 'unpolled'): Message => ({
      type: 'updates',
      updates: [{type: 'queue', state, workflowId: `${rootId}/t1.c1`, message: 'No worker polls q.'}],
      now: beginning,
    });
    const waiting = go(slow(), queue('unpolled'));
    expect(noticeText(waiting.state)).toBe('No worker polls q.');
    expect(runTitles(waiting.state).get(rootId)).toMatch(/^no worker polls its queue · /);
    expect(runTitles(go(waiting, queue('polled')).state).get(rootId)).toBe('write a note and delegate');
  });

  it('gives a refused prompt back, unless another is being written', () => {
    const refused = {type: 'startFailed' as const, id: 1, text: 'no such queue'};
    const asked = go(home(), "'hi' enter");
    expect(go(asked, refused).state.prompt.buffer.text).toBe('hi');
    expect(go(asked, "'more'", refused).state.prompt.buffer.text).toBe('more');
    expect(go(home(), 'enter', refused).state.prompt.buffer.text).toBe('');
  });

  it('shows a run that it knows when somebody attaches to it again', () => {
    const attached = {type: 'attached' as const, run: {workflowId: rootId, runId: 'r'}};
    const again = go(done(), 'tab tab G', 'tab', `'/attach ${rootId}' enter`);
    expect(again.state).toMatchObject({focus: 'history', runs: [{workflowId: rootId}]});
    expect(selectedKey(again.state)).toBe(rootId);
    expect(again.commands.filter(({type}) => type === 'attach')).toEqual([]);
    // After a lost connection everything is attached to again, and nobody wants to be moved.
    expect(selectedKey(go(done(), 'tab tab G', attached).state)).toBe(
      selectedKey(go(done(), 'tab tab G').state),
    );
    const gone = {type: 'unfollowable' as const, workflowId: rootId, message: 'gone'};
    const lost = go(slow(), {type: 'updates', updates: [gone], now: beginning});
    expect(go(lost, attached).state.runs).toMatchObject([{state: 'open'}]);
  });
});

function connection(state: 'lost' | 'restored', message: string): Message {
  return {type: 'updates', updates: [{type: 'connection', state, message}], now: beginning};
}

describe('pasting', () => {
  it.each([
    ['a megabyte', 'a'.repeat(1_000_000), 500_000],
    ['line breaks, which never execute', 'one\r\ntwo\nthree\r', 'one\ntwo\nthree\n'.length],
    ['control sequences and binary bytes', '\u0000\u001b[2Ja\u009d0;t\u0007b\u0007', 2],
  ])('takes %s', (_title, text, length) => {
    const pasted = go(home(), {type: 'paste', text});
    expect(pasted.state.prompt.buffer.text).toHaveLength(length);
    expect(pasted.commands).toEqual([]);
    expect(pasted.state.prompt.buffer.text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  });

  it('goes to the prompt, whatever has the keys', () => {
    const pasted = go(go(done(), 'tab tab enter'), {type: 'paste', text: 'x y'});
    expect(pasted.state.prompt.buffer.text).toBe('x y');
    expect(pasted.state).toMatchObject({focus: 'prompt', overlays: []});
  });

  it('fills no filter without end', () => {
    const filtered = go(go(done(), 'tab /'), {type: 'paste', text: 'word '.repeat(100_000)});
    expect(filtered.state.events.filter).toHaveLength(200);
    const picking = go(go(done(), 'ctrl+s'), `'${'a'.repeat(500)}'`);
    expect(picking.state.picker.filter).toHaveLength(200);
  });

  it.each([
    ['events', 'tab /', (state: AppState) => state.events.filter],
    ['scenarios', 'ctrl+s', (state: AppState) => state.picker.filter],
  ])('keeps the filter of the %s printable, whatever is typed', (_title, keys, pick) => {
    const typed = [...'a\u00ad\u202e\u009bb'].map((text) => ({type: 'key' as const, key: text, text}));
    expect(pick(go(go(done(), keys), ...typed).state)).toBe('ab');
  });

  it('answers no question', () => {
    const asked = go(slow(), 'ctrl+d');
    expect(go(asked, {type: 'paste', text: 'y'}).commands).toEqual(asked.commands);
  });
});

it('counts what came while the view did not follow', () => {
  const events = failures();
  const open = go(running(events.slice(0, 8)), 'tab g');
  const updates = [{type: 'events' as const, workflowId: rootId, events: events.slice(8)}];
  const more = go(open, {type: 'updates', updates, now: beginning});
  expect(more.state.events.unseen).toBe(7);
  expect(go(more, 'G').state.events.unseen).toBe(0);
});

it('takes the age of listed runs from when the list came', () => {
  const later = beginning + 60_000;
  const listed = go(connected(), "'/runs' enter", {type: 'listed', runs: [], now: later});
  expect(listed.state.now).toBe(later);
});
