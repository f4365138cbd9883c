import {render} from 'ink-testing-library';
import {describe, expect, it, vi} from 'vitest';
import {Screen} from '../../../source/app/shell/screen.tsx';
import {displayWidth} from '../../../source/history/printable.ts';
import {programWithSubagent} from '../../history/families.ts';
import {connected, finished, go, type Journey} from '../journey.ts';
import {situations} from '../situations.ts';

vi.stubEnv('TZ', 'UTC');

const sizes = [
  [60, 20],
  [80, 24],
  [100, 30],
  [160, 50],
] as const;

describe('the screen', () => {
  const cases = Object.keys(situations).flatMap((name) =>
    sizes.map(([columns, rows]) => ({name, columns, rows})),
  );

  it.each(cases)('$name at $columns×$rows', async ({name, columns, rows}) => {
    const {state} = situations[name]?.(columns, rows) ?? connected(columns, rows);
    const lines = frame(state);
    expect(lines).toHaveLength(rows);
    for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(columns);
    for (const line of lines.slice(1, -1)) expect(displayWidth(line)).toBe(columns);
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(`screens/${name}-${columns}x${rows}.txt`);
  });

  it.each([
    [59, 20],
    [60, 15],
    [30, 8],
  ])('shows one pane at a time at %i×%i', (columns, rows) => {
    const open = finished(programWithSubagent(), 'completed', columns, rows);
    expect(frame(open.state).join('\n')).toContain('╭ History · ⇥ Events ─');
    expect(frame(go(open, 'tab').state).join('\n')).toContain('╭ Events · ⇥ History ─');
    expect(frame(open.state)).toHaveLength(rows);
  });

  it.each([
    [29, 8],
    [30, 7],
    [1, 1],
  ])('says that %i×%i is too small', (columns, rows) => {
    const lines = frame(connected(columns, rows).state);
    expect(lines).toHaveLength(1);
    expect(displayWidth(lines[0] ?? '')).toBeLessThanOrEqual(columns);
  });

  it('keeps its rows and widths at every size, in every situation', () => {
    for (const situation of Object.values(situations)) {
      for (const columns of [30, 61]) {
        for (const rows of [8, 17]) {
          const lines = frame(situation(columns, rows).state);
          expect(lines).toHaveLength(rows);
          expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(columns);
        }
      }
    }
  });
});

function frame(state: Journey['state']): string[] {
  const {lastFrame, unmount} = render(<Screen state={state} colors={false} />);
  const text = lastFrame() ?? '';
  unmount();
  // Only weight is left without colours; it has no width.
  return text.replace(/\u001b\[[0-9;]*m/g, '').split('\n');
}
