import {CommandType, EventType} from './enums.ts';
import type {Command, CommandName, EventName, HistoryEvent} from './proto.ts';

// ACTIVITY_TASK_SCHEDULED → activityTaskScheduled
function camelCase(constant: string): string {
  return constant.toLowerCase().replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

const eventNames = new Map<number, EventName>();
const eventTypes = new Map<EventName, number>();
for (const [constant, value] of Object.entries(EventType) as [string, number][]) {
  const name = camelCase(constant.replace('EVENT_TYPE_', '')) as EventName;
  eventNames.set(value, name);
  eventTypes.set(name, value);
}

const commandNames = new Map<number, CommandName>();
for (const [constant, value] of Object.entries(CommandType) as [string, number][]) {
  commandNames.set(value, camelCase(constant.replace('COMMAND_TYPE_', '')) as CommandName);
}

/** @returns the number of an event type */
export function eventTypeOf(name: EventName): number {
  const type = eventTypes.get(name);
  if (type === undefined) throw new TypeError(`no event type is called ${name}`);
  return type;
}

/** @returns the name of an event's type */
export function nameOfEvent(event: HistoryEvent): EventName | undefined {
  return eventNames.get(event.eventType ?? 0);
}

/** @returns the name of a command's type */
export function nameOfCommand(command: Command): CommandName | undefined {
  return commandNames.get(command.commandType ?? 0);
}
