import {describe, expect, it} from 'vitest';
import {randomNumbers, randomShapes} from '../../source/drills/random-shapes.ts';
import {fanOutKinds} from '../../source/scenarios/fan-out.ts';

describe('randomShapes', () => {
  it.each(fanOutKinds)('gives the same %s for the same seed', (kind) => {
    const wish = {seed: 7, count: 50, most: 5};
    expect(randomShapes(kind, wish)).toEqual(randomShapes(kind, wish));
    expect(randomShapes(kind, {...wish, seed: 8})).not.toEqual(randomShapes(kind, wish));
  });

  it.each(fanOutKinds)('keeps %s within its bounds and reaches them', (kind) => {
    const shapes = randomShapes(kind, {seed: 1, count: 200, most: 4});
    expect(new Set(shapes.map(({spawns}) => spawns))).toEqual(new Set([1, 2, 3, 4]));
    const writes = new Set(shapes.map((shape) => shape.writes));
    expect(writes).toEqual(new Set(kind === 'ptc-mixed' ? [1, 2, 3, 4] : [0]));
  });
});

it('randomNumbers is spread evenly', () => {
  const random = randomNumbers(42);
  const numbers = Array.from({length: 10_000}, random);
  expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...numbers)).toBeLessThan(1);
  const mean = numbers.reduce((sum, number) => sum + number) / numbers.length;
  expect(mean).toBeCloseTo(0.5, 1);
});
