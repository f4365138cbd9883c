import type {Change} from '../run/change.ts';
import {isRunning, type RunState} from '../run/run-state.ts';
import {bufferedTimerIds} from '../run/timer.ts';
import {receiveUpdateMessage} from '../run/update.ts';
import {WorkflowTaskFailedCause} from '../wire/enums.ts';
import {nameOfCommand} from '../wire/event-names.ts';
import type {Command, Message} from '../wire/proto.ts';
import {activityCommands} from './activity-commands.ts';
import {closingCommands, isClosing} from './closing-commands.ts';
import type {CheckContext, CommandContext, CommandRow, CommandTable, Fault} from './command-table.ts';
import {timerCommands} from './timer-commands.ts';
import {workflowCommands} from './workflow-commands.ts';

const messageCommands: CommandTable = {
  protocolMessage: {
    check({messageId}, {messages}) {
      if (messages.has(messageId ?? '')) return undefined;
      return {
        cause: WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_BAD_UPDATE_WORKFLOW_EXECUTION_MESSAGE,
        message: `ProtocolMessageCommand referenced absent message ID ${messageId}`,
      };
    },
    apply({messageId}, {change, messages}) {
      const message = messages.get(messageId ?? '');
      messages.delete(messageId ?? '');
      if (message) receiveUpdateMessage(change, message);
    },
  },
};

const table: CommandTable = {
  ...activityCommands,
  ...timerCommands,
  ...workflowCommands,
  ...closingCommands,
  ...messageCommands,
};

/**
 * Checks the commands of a workflow task; changes nothing.
 *
 * @returns why they cannot be carried out, or undefined where they can
 */
export function findFault(
  run: RunState,
  commands: readonly Command[],
  messages: readonly Message[],
): Fault | undefined {
  const context: CheckContext = {
    run,
    activityIds: new Set([...run.activities.values()].map((activity) => activity.activityId)),
    timerIds: new Set([...run.timers.keys(), ...bufferedTimerIds(run)]),
    childIds: new Set(),
    messages: new Map(messages.map((message) => [message.id ?? '', message])),
    pendingActivities: run.activities.size,
  };
  for (const command of commands) {
    const name = nameOfCommand(command);
    if (isClosing(name) && run.buffered.length > 0) {
      const cause = WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND;
      return {cause, message: ''};
    }
    const fault = rowOf(command).row?.check?.(rowOf(command).attributes, context);
    if (fault) return fault;
  }
  return undefined;
}

/**
 * Carries out the commands of a completed workflow task, and the messages that no command mentions after them.
 *
 * @returns the scheduled event ids of the activities that the worker wants to take at once
 */
export function applyCommands(
  change: Change,
  completedEventId: number,
  identity: string,
  commands: readonly Command[],
  messages: readonly Message[],
): number[] {
  const context = {
    change,
    completedEventId,
    identity,
    messages: new Map(messages.map((message) => [message.id ?? '', message])),
    eagerActivities: [],
  };
  for (const command of commands) {
    if (!isRunning(change.run)) break;
    const {row, attributes} = rowOf(command);
    const commandContext: CommandContext = {...context, userMetadata: command.userMetadata};
    row?.apply(attributes, commandContext);
  }
  for (const message of context.messages.values()) receiveUpdateMessage(change, message);
  return context.eagerActivities;
}

type AnyRow = CommandRow<'startTimer'>;
type AnyAttributes = Parameters<AnyRow['apply']>[0];

// Row and attributes come from the same name, which the type checker cannot follow through a union.
function rowOf(command: Command): {row: AnyRow | undefined; attributes: AnyAttributes} {
  const name = nameOfCommand(command);
  const row = name && (table[name] as AnyRow | undefined);
  const attributes = (name && command[`${name}CommandAttributes`]) ?? {};
  return {row, attributes: attributes as AnyAttributes};
}
