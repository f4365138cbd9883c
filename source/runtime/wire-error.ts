import {AgentDefinitionError} from '../../activities/agent-definition-error.ts';
import {firstLine} from '../../workflows/protocol/first-line.ts';
import {CommandError, UsageError} from '../errors.ts';

/** Those whose class says what a person can do; every other error arrives as an `Error`. */
const classes = [UsageError, CommandError, AgentDefinitionError];

/** Whether its class tells more than that something went wrong. */
export function isOfKnownClass(error: unknown): boolean {
  return classes.some((known) => error instanceof known);
}

/** An error on its way: plain data. */
export interface WireError {
  /** Of its class. */
  name: string;
  /** One line. */
  message: string;
  /** Where it was made, for `--debug`. */
  stack?: string;
}

/** What is sent of whatever was thrown. */
export function toWire(error: unknown): WireError {
  const stack = error instanceof Error ? error.stack : undefined;
  const name = classes.find((known) => error instanceof known)?.name ?? 'Error';
  return {name, message: firstLine(error), ...(stack !== undefined && {stack})};
}

/** The error that was sent, of its class and with the other side's stack. */
export function fromWire({name, message, stack}: WireError): Error {
  const Known = classes.find((known) => known.name === name) ?? Error;
  const error = new Known(message);
  if (stack !== undefined) error.stack = stack;
  return error;
}
