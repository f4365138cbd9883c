import type {Key} from 'ink';
import {describe, expect, it} from 'vitest';
import {layEnds, layRow} from '../../source/app/draw/row.ts';
import {keyInputs} from '../../source/app/keys/key-input.ts';
import {actionOf, bindings, keyLabel} from '../../source/app/keys/keymap.ts';
import {completionsOf, nearestCommand} from '../../source/app/state/completion.ts';
import {layoutOf} from '../../source/app/state/layout.ts';
import {listEnd, listStart, moveBy, settle} from '../../source/app/state/list-view.ts';
import {parseFilter} from '../../source/app/text/event-filter.ts';
import {displayWidth} from '../../source/history/printable.ts';
import {segment, segmentsText} from '../../source/history/segment.ts';
import {obstacleToApp, terminalSize, wantsColors} from '../../source/terminal/abilities.ts';
import {connected} from './journey.ts';
import {scenarios} from './recorded-connection.ts';

const noKey = {} as Key;

describe('keyInputs', () => {
  it.each<[string, Partial<Key>, object[]]>([
    ['a', {}, [{key: 'a', text: 'a'}]],
    ['A', {shift: true}, [{key: 'A', text: 'A'}]],
    ['c', {ctrl: true}, [{key: 'ctrl+c'}]],
    ['b', {meta: true}, [{key: 'alt+b'}]],
    ['', {leftArrow: true, meta: true}, [{key: 'alt+left'}]],
    ['', {tab: true, shift: true}, [{key: 'shift+tab'}]],
    ['', {return: true, meta: true}, [{key: 'alt+enter'}]],
    ['', {escape: true, meta: true}, [{key: 'escape'}]],
    ['\n', {}, [{key: 'ctrl+j'}]],
    ['ab\r', {}, [{key: 'a'}, {key: 'b'}, {key: 'enter'}]],
    ['漢👍', {}, [{key: '漢'}, {key: '👍'}]],
    ['rm -rf\rx', {}, [{type: 'paste', text: 'rm -rf\rx'}]],
  ])('%j %j', (input, key, expected) => {
    expect(keyInputs(input, {...noKey, ...key})).toMatchObject(expected);
  });
});

describe('the keymap', () => {
  it('gives each key one meaning in a place', () => {
    const places = new Set(bindings.map(({place}) => place));
    for (const place of places) {
      const keys = bindings
        .filter((entry) => entry.place === place)
        .flatMap(({keys}) => keys as readonly string[]);
      expect(keys).toEqual([...new Set(keys)]);
    }
  });

  it('asks places in their order', () => {
    expect(actionOf('ctrl+b', ['prompt'])).toBe('left');
    expect(actionOf('ctrl+b', ['list', 'prompt'])).toBe('pageUp');
    expect(actionOf('ctrl+c', ['prompt', 'everywhere'])).toBe('interrupt');
    expect(actionOf('toString', ['prompt'])).toBeUndefined();
  });

  it.each([
    ['enter', '⏎'],
    ['ctrl+s', '^S'],
    ['alt+left', 'M-←'],
    ['shift+tab', '⇤'],
    ['G', 'G'],
  ])('writes %s as %s', (key, label) => {
    expect(keyLabel(key)).toBe(label);
  });
});

describe('lists', () => {
  it.each([
    [listStart, 0, 5, {selected: 0, top: 0}],
    [listEnd, 10, 4, {selected: 9, top: 6}],
    [{selected: 20, top: 20, follow: false}, 10, 4, {selected: 9, top: 6}],
    [{selected: 2, top: 5, follow: false}, 10, 4, {selected: 2, top: 2}],
    [{selected: 3, top: 0, follow: false}, 10, 0, {selected: 3, top: 3}],
  ])('settle %j in %i rows at height %i', (view, count, height, expected) => {
    expect(settle(view, count, height)).toMatchObject(expected);
  });

  it('moves by any distance', () => {
    expect(moveBy(listStart, Number.POSITIVE_INFINITY, 10, 4)).toMatchObject({selected: 9});
    expect(moveBy(listEnd, -1, 10, 4)).toMatchObject({selected: 8, follow: false});
    expect(moveBy(listEnd, 1, 0, 4)).toMatchObject({selected: 0});
  });
});

describe('filters', () => {
  it.each([
    ['', 'anything', true],
    ['write FILE', 'sandbox.write_file', true],
    ['write read', 'sandbox.write_file', false],
    ['!write', 'sandbox.write_file', false],
    ['/w.ite/ !/a$/', 'write b', true],
    ['/a\\/b/', 'x a/b y', true],
    ['/(/', 'anything', true],
  ])('%j on %j', (filter, line, expected) => {
    expect(parseFilter(filter).matches(line)).toBe(expected);
  });
});

describe('completion', () => {
  it.each<[string, string[]]>([
    ['hello', []],
    [
      '/',
      [
        '/scenarios',
        '/scenario ',
        '/runs',
        '/attach ',
        '/cancel',
        '/new',
        '/model ',
        '/open',
        '/export',
        '/sandbox',
        '/clear',
        '/help',
        '/quit',
      ],
    ],
    ['/c', ['/cancel', '/clear']],
    ['/scenario r', ['/scenario retry']],
    ['/model x', []],
  ])('%j', (text, expected) => {
    expect(completionsOf(text, scenarios).map((completion) => completion.text)).toEqual(expected);
  });

  it.each([
    ['quti', 'quit'],
    ['qui', 'quit'],
    ['runz', 'runs'],
    ['scenaros', 'scenarios'],
    ['zzz', undefined],
  ])('/%s may mean %s', (name, expected) => {
    expect(nearestCommand(name)).toBe(expected);
  });
});

describe('the layout', () => {
  it('adds up at every size', () => {
    for (let columns = 30; columns < 170; columns += 7) {
      for (let rows = 8; rows < 60; rows += 3) {
        const {mode, body, events, history, prompt} = layoutOf(connected(columns, rows).state, 5);
        expect(body.height + prompt.height + 2).toBe(rows);
        if (mode === 'side') expect(events.width + history.width).toBe(columns);
        if (mode === 'stacked') expect(events.height + history.height).toBe(body.height);
      }
    }
  });

  it.each([
    [29, 30, 'small'],
    [30, 7, 'small'],
    [59, 30, 'tabs'],
    [120, 15, 'tabs'],
    [60, 16, 'stacked'],
    [99, 50, 'stacked'],
    [100, 16, 'side'],
  ])('at %i×%i is %s', (columns, rows, mode) => {
    expect(layoutOf(connected(columns, rows).state).mode).toBe(mode);
  });
});

describe('rows', () => {
  it.each([
    [['a', 'b'], 5],
    [['漢字', '漢字'], 6],
    [['long enough to be cut'], 7],
    [[], 3],
  ])('%j takes exactly %i columns', (texts, width) => {
    const row = layRow(
      texts.map((text) => segment(text)),
      width,
    );
    expect(displayWidth(row.map(({text}) => text).join(''))).toBe(width);
  });

  it('keeps the right end where the left one is too long', () => {
    const text = layEnds([segment('a long left end')], [segment('end')], 12).map((piece) => piece.text);
    expect(text.join('')).toBe('a long … end');
    expect(segmentsText(layEnds([segment('left')], [segment('right')], 5)).slice(0, 5)).toBe('left ');
  });
});

describe('the terminal', () => {
  it.each([
    [
      {columns: 80, rows: 24},
      {columns: 80, rows: 24},
    ],
    [{}, {columns: 80, rows: 24}],
    [
      {columns: 0, rows: -3},
      {columns: 80, rows: 24},
    ],
    [
      {columns: Number.NaN, rows: 1e9},
      {columns: 80, rows: 500},
    ],
  ])('that claims %j is taken for %j', (claimed, size) => {
    expect(terminalSize(claimed)).toEqual(size);
  });

  it.each([
    [true, true, {}, undefined],
    [false, true, {}, 'standard input is no terminal'],
    [true, false, {}, 'standard output is no terminal'],
    [true, true, {CI: 'true'}, 'CI is set'],
    [true, true, {CI: 'false'}, undefined],
    [true, true, {TERM: 'dumb'}, 'TERM is dumb'],
  ])(
    'with keys %s, screen %s and %j does not show the app because: %s',
    (keys, screen, environment, expected) => {
      expect(obstacleToApp({stdin: {isTTY: keys}, stdout: {isTTY: screen}, environment})).toBe(expected);
    },
  );

  it('respects NO_COLOR', () => {
    expect([wantsColors({}), wantsColors({NO_COLOR: ''}), wantsColors({NO_COLOR: '1'})]).toEqual([
      true,
      true,
      false,
    ]);
  });
});
