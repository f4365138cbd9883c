import type {ReactElement} from 'react';
import {formatDuration} from '../../history/duration.ts';
import {printable} from '../../history/printable.ts';
import type {Segment} from '../../history/segment.ts';
import {segment} from '../../history/segment.ts';
import type {ServerFacts} from '../../runtime/connection.ts';
import {Lines} from '../draw/lines.tsx';
import {createPainter} from '../draw/paint.ts';
import {layEnds} from '../draw/row.ts';
import type {Region} from '../state/layout.ts';
import type {ConnectionState} from '../state/state.ts';

interface StatusLineProps {
  readonly connection: ConnectionState;
  /** A model that was chosen for the next runs. */
  readonly model?: string;
  /** Tokens of the session in words; empty where none were counted. */
  readonly tokens: string;
  readonly running: number;
  readonly waiting: number;
  readonly now: number;
  readonly region: Region;
  readonly colors: boolean;
}

const serverNames = {embedded: 'embedded', 'dev-server': 'dev server', existing: 'server'} as const;

/** The first row: which server, how far it is, and how much goes on. */
export function StatusLine({region, colors, ...props}: StatusLineProps): ReactElement {
  const left = [segment(' durable-tui', 'name'), ...connectionWords(props)];
  const row = layEnds(left, activity(props), region.width);
  return <Lines region={region} lines={[createPainter(colors).paint(row)]} />;
}

type StatusFacts = Omit<StatusLineProps, 'region' | 'colors'>;

function connectionWords({connection, model, now}: StatusFacts): Segment[] {
  const {phase, facts, message, outage} = connection;
  if (phase === 'ready' && outage !== undefined) return [segment(` ✗ ${printable(outage)}`, 'bad')];
  if (phase === 'ready') return facts ? [segment(factWords(facts, model), 'quiet')] : [];
  const trouble = message === undefined ? [] : [segment(`✗ ${message}`, 'bad')];
  return [
    ...trouble,
    segment(phase === 'failed' ? 'trying again' : 'starting'),
    ...stepWords(connection, now),
  ];
}

function factWords(facts: ServerFacts, model: string = facts.model): string {
  const server = `${serverNames[facts.server]} ${facts.address}${facts.reason ? ` (${facts.reason})` : ''}`;
  return [` ${server}`, facts.namespace, `queue ${facts.taskQueue}`, model].join(' · ');
}

function stepWords({steps}: ConnectionState, now: number): Segment[] {
  return steps.map(({name, startTime, endTime, failed}) => {
    const time = formatDuration((endTime ?? now) - startTime);
    if (failed) return segment(`${name} ✗ ${time}`, 'bad');
    return endTime === undefined
      ? segment(`${name} … ${time}`, 'busy')
      : segment(`${name} ✓ ${time}`, 'good');
  });
}

function activity({connection, tokens, running, waiting}: StatusFacts): Segment[] {
  // What is wrong needs the room.
  const isWell = connection.phase === 'ready' && connection.outage === undefined;
  const words: Segment[] = tokens === '' || !isWell ? [] : [segment(tokens, 'quiet')];
  if (waiting > 0) words.push(segment(`○ ${waiting} waiting`, 'busy'));
  if (running > 0) words.push(segment(`● ${running} running`, 'busy'));
  return words.length > 0 ? [...words, segment('')] : words;
}
