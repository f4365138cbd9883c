import type {JsonObject} from '../../workflows/protocol/json.ts';
import {argumentsText, isRecord, parseJson, recordOf} from './wire-values.ts';

/** A call that is still growing. */
export interface ChatCall {
  index: unknown;
  id: string;
  name: string;
  /** Its arguments so far. */
  text: string;
  /** Google's signature of the thought behind the call: it refuses the next step without it. */
  extra?: JsonObject;
}

/** What one chunk says about one call. */
type Piece = Readonly<ChatCall>;

/** Takes the calls of one chunk in. */
export function extendCalls(calls: ChatCall[], deltas: readonly unknown[]): void {
  const extended = new Set<ChatCall>();
  for (const delta of deltas) {
    const piece = pieceOf(recordOf(delta));
    const open = openCall(calls, piece, extended);
    if (open) extend(open, piece);
    else calls.push({...piece});
    const call = open ?? calls.at(-1);
    if (call) extended.add(call);
  }
}

function pieceOf({index, id, function: called, extra_content: extra}: Record<string, unknown>): Piece {
  const {name, arguments: args} = recordOf(called);
  return {
    index,
    id: typeof id === 'string' ? id : '',
    name: typeof name === 'string' ? name : '',
    text: argumentsText(args),
    ...(isRecord(extra) && {extra}),
  };
}

/** The call that a piece goes on with; undefined where a new one begins. A piece without a name never begins one. */
function openCall(
  calls: readonly ChatCall[],
  piece: Piece,
  extended: ReadonlySet<ChatCall>,
): ChatCall | undefined {
  const open = calls.findLast(({index}) => index === piece.index);
  if (!piece.name) return open ?? calls.at(-1);
  return open && !begins(open, piece, extended.has(open)) ? open : undefined;
}

/**
 * Some servers number every call 0, some give no ids, some repeat id and name in each chunk. A named piece begins a call
 * where id or name is another, where its chunk has named that call already, or where the open call is complete.
 */
function begins(open: ChatCall, piece: Piece, inSameChunk: boolean): boolean {
  const other = (one: string, two: string) => one !== '' && two !== '' && one !== two;
  if (other(open.id, piece.id) || other(open.name, piece.name)) return true;
  return inSameChunk || (piece.text !== '' && isRecord(parseJson(open.text)));
}

function extend(open: ChatCall, piece: Piece): void {
  open.id ||= piece.id;
  open.name ||= piece.name;
  open.text += piece.text;
  if (piece.extra) open.extra = {...open.extra, ...piece.extra};
}
