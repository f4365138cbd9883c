import type {Binding, Scope} from '../scope/binding.ts';
import type {Value} from '../values/value.ts';
import {Box, type Compiler, capturesSlot, type Expression, type Frame, uninitialized} from './code.ts';

/** Code that stores a value in a variable. */
export type Store = (frame: Frame, value: Value) => void;

/** Code that reads a variable, and throws a ReferenceError where its declaration may not have run yet. */
export function readVariable(binding: Binding, start: number, compiler: Compiler): Expression {
  const {slot, name} = binding;
  const {realm} = compiler;
  if (isPlain(binding)) return (frame) => frame[slot] as Value;
  const load = loader(binding, compiler);
  if (!mayBeUninitialized(binding)) return load as Expression;
  return (frame) => {
    const value = load(frame);
    if (value === uninitialized) realm.raise('ReferenceError', notYet(name), start);
    return value as Value;
  };
}

/** Whether a variable is just a slot of the frame, always initialized where it is read. */
export function isPlain(binding: Binding): boolean {
  return !binding.captured && !binding.checked;
}

/** Code that assigns to a variable. */
export function assignVariable(binding: Binding, start: number, compiler: Compiler): Store {
  const {realm} = compiler;
  const {name} = binding;
  if (binding.kind === 'const') {
    const read = readVariable(binding, start, compiler);
    return (frame) => {
      read(frame);
      realm.raise('TypeError', `Assignment to constant variable '${name}'`, start);
    };
  }
  const store = initializeVariable(binding, compiler);
  if (isPlain(binding) || !mayBeUninitialized(binding)) return store;
  const load = loader(binding, compiler);
  return (frame, value) => {
    if (load(frame) === uninitialized) realm.raise('ReferenceError', notYet(name), start);
    store(frame, value);
  };
}

/** Code that gives a variable its value where it is declared. */
export function initializeVariable(binding: Binding, compiler: Compiler): Store {
  const {slot} = binding;
  if (!binding.captured) {
    return (frame, value) => {
      frame[slot] = value;
    };
  }
  const box = boxOf(binding, compiler);
  return (frame, value) => {
    box(frame).value = value;
  };
}

/** Code that finds the box of a captured variable, from the function that declares it or from an inner one. */
export function boxOf(binding: Binding, compiler: Compiler): (frame: Frame) => Box {
  const {slot} = binding;
  if (binding.owner === compiler.function) return (frame) => frame[slot] as Box;
  const index = compiler.function.captures.get(binding) as number;
  return (frame) => (frame[capturesSlot] as Box[])[index] as Box;
}

/** Code that makes a variable's slot ready when its scope is entered; undefined where nothing has to be done. */
export function enterVariable(binding: Binding): ((frame: Frame) => void) | undefined {
  const {slot} = binding;
  const initial = mayBeUninitialized(binding) ? uninitialized : undefined;
  if (binding.captured) {
    return (frame) => {
      frame[slot] = new Box(initial);
    };
  }
  if (!binding.checked) return undefined;
  return (frame) => {
    frame[slot] = initial;
  };
}

function mayBeUninitialized({kind, checked, captured, settledAt}: Binding): boolean {
  if (kind === 'let' || kind === 'const') return checked || (captured && settledAt >= 0);
  return kind === 'parameter' && settledAt >= 0 && (checked || captured);
}

function loader(binding: Binding, compiler: Compiler): (frame: Frame) => unknown {
  const {slot} = binding;
  if (!binding.captured) return (frame) => frame[slot];
  if (binding.owner === compiler.function) return (frame) => (frame[slot] as Box).value;
  const index = compiler.function.captures.get(binding) as number;
  return (frame) => ((frame[capturesSlot] as Box[])[index] as Box).value;
}

function notYet(name: string): string {
  return `Cannot access '${name}' before initialization`;
}

/** Code that gives each captured variable of a loop's head a new box with its present value. */
export function freshBoxes(scope: Scope | undefined): ((frame: Frame) => void) | undefined {
  const slots = [...(scope?.bindings.values() ?? [])].filter(({captured}) => captured).map(({slot}) => slot);
  if (slots.length === 0) return undefined;
  return (frame) => {
    for (const slot of slots) frame[slot] = new Box((frame[slot] as Box).value);
  };
}
