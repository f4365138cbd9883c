import type {ModelScript} from '../../activities/model/scripted.ts';
import {drillScript} from './drill.ts';
import {fanOutScript} from './fan-out.ts';
import {scenarios} from './index.ts';
import {intentScript} from './intents.ts';

/** Every script of the scripted model, by its name behind `scripted:`; the empty name is the plain model. */
export const scripts: ReadonlyMap<string, ModelScript> = new Map([
  ['', intentScript],
  ['fan-out', fanOutScript],
  ['drill', drillScript],
  ...scenarios.map(({name, script}): [string, ModelScript] => [name, script]),
]);
