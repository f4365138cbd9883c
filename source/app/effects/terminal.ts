import type {Effect} from './effect.ts';

/** Puts text into the clipboard by way of the terminal (OSC 52), also across ssh. */
export const copy: Effect<'copy'> = async ({text}, {write}) =>
  write(`\u001b]52;c;${Buffer.from(text).toString('base64')}\u0007`);

/** Draws the screen anew. */
export const redraw: Effect<'redraw'> = async (_command, {redraw}) => redraw();

/** Leaves the app. */
export const quit: Effect<'quit'> = async ({code}, {quit}) => quit(code);
