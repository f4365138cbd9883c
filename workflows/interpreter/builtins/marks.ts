import type {Realm} from '../runtime/realm.ts';

/** Characters that normalization puts in order: marks, and two letters that become marks. */
const marks = /[\p{M}\uff9e\uff9f]+/gu;
// Up to here, which is far beyond what any language writes, a run of marks costs no more than other characters.
const freeRun = 16;
const orderedPerStep = 32;
/** How many characters one may become at most: `ﷺ` becomes 18. */
const mostGrowth = 18;

/**
 * Pays for one normalization of a text, before it is done: the host sorts the marks that follow a letter by insertion, so a
 * run of marks costs its square.
 *
 * Throws BudgetExceeded, also where the normalized text would be too long.
 */
export function chargeNormalization(realm: Realm, text: string, form: string): void {
  const {meter} = realm;
  meter.charge(text.length);
  for (const [run] of text.matchAll(marks)) {
    if (run.length > freeRun) meter.charge(Math.floor(run.length ** 2 / orderedPerStep));
  }
  if (text.length * mostGrowth > meter.budgets.stringLength) meter.chargeText(decomposedLength(text, form));
}

/** How long a text is once each of its characters is taken apart for itself. */
function decomposedLength(text: string, form: string): number {
  const lengths = new Map<string, number>();
  let total = 0;
  for (const character of text) {
    let length = lengths.get(character);
    if (length === undefined) {
      length = character.normalize(form.replace('C', 'D')).length;
      lengths.set(character, length);
    }
    total += length;
  }
  return total;
}
