import {startAgents} from '../../agent/environment.ts';
import {historyAndMessages} from '../../agent/history-size.ts';
import {pages, reader, readPages} from '../../agent/scripted-turns.ts';
import type {BenchRow} from '../row.ts';

const bytes = 4000;

/** How histories grow with the turns of a run, on the embedded server: each turn reads a page of 4 kB. */
export async function measureHistoryGrowth(): Promise<BenchRow[]> {
  const agents = await startAgents([pages], readPages);
  try {
    const sizes: {turns: number; size: number; messages: number}[] = [];
    for (const turns of [10, 50, 200]) {
      const handle = await agents.start(reader, {prompt: JSON.stringify({turns, bytes})});
      await handle.result();
      sizes.push({turns, ...(await historyAndMessages(agents, handle))});
    }
    return [
      ...sizes.map(({turns, size, messages}) => ({
        name: `history of ${turns} turns of 4 kB`,
        value: size / 1000,
        unit: 'kB',
        target: `≤ ${Math.round((1.5 * messages + 700 * turns) / 1000)} kB`,
      })),
      {name: 'its growth exponent, 10 to 200 turns', value: exponent(sizes), unit: '', target: '≤ 1.1'},
    ];
  } finally {
    await agents.close();
  }
}

function exponent(sizes: readonly {turns: number; size: number}[]): number {
  const [first, last] = [sizes[0], sizes.at(-1)];
  if (!first || !last) return Number.NaN;
  return Math.log(last.size / first.size) / Math.log(last.turns / first.turns);
}
