/** An event in Temporal's JSON, as `temporal workflow show -o json` and saved histories have it. */
export interface JsonEvent {
  readonly eventId: string;
  readonly eventType: string;
  readonly [field: string]: unknown;
}

/** What two servers may differ in, by field name, wherever it stands in an event. Nothing else is left out. */
export const droppedFields: Readonly<Record<string, readonly string[]>> = {
  times: [
    'eventTime',
    'workflowExecutionExpirationTime',
    'firstWorkflowTaskBackoff',
    'createTime',
    'expireTime',
  ],
  'run ids': [
    'runId',
    'originalExecutionRunId',
    'firstExecutionRunId',
    'continuedExecutionRunId',
    'newExecutionRunId',
    'baseRunId',
    'newRunId',
  ],
  // A namespace has another id on every server, and the size counts all of the above.
  'ids and sizes of the server': ['namespaceId', 'parentWorkflowNamespaceId', 'historySizeBytes'],
  'request and task ids': ['requestId', 'taskId'],
  identity: ['identity'],
  versions: ['version', 'workerVersion', 'buildId', 'binaryChecksum', 'sdkMetadata'],
  stacks: ['stackTrace'],
};

// Which event belongs to which other one is compared by entity instead where batching makes the numbers differ.
const eventReferences = new Set([
  'eventId',
  'scheduledEventId',
  'startedEventId',
  'initiatedEventId',
  'parentInitiatedEventId',
  'externalInitiatedEventId',
  'workflowTaskCompletedEventId',
  'latestCancelRequestedEventId',
  'acceptedEventId',
  'acceptedRequestSequencingEventId',
]);

const dropped = new Set(Object.values(droppedFields).flat());

/** @returns the event without what servers may differ in */
function normalize(event: JsonEvent): JsonEvent {
  return withoutFields(event, dropped) as JsonEvent;
}

/** A history as it is compared: lists of events by what they belong to, without what servers may differ in. */
export type HistoryView = Readonly<Record<string, readonly JsonEvent[]>>;

/**
 * The events of a sequential workflow are one list. Those of a workflow that does several things at once are lists for the
 * commands, for the workflow, and for each activity, child and timer; its workflow task events do not count: batching varies.
 *
 * @returns what two servers shall agree on
 */
export function viewOf(history: readonly JsonEvent[], concurrent = false): HistoryView {
  return concurrent ? project(history) : {event: history.map(normalize)};
}

/** @returns one line for each difference; none where they are equal */
function compareViews(expected: HistoryView, actual: HistoryView): string[] {
  const names = new Set([...Object.keys(expected), ...Object.keys(actual)]);
  return [...names].flatMap((name) => compareLists(name, expected[name] ?? [], actual[name] ?? []));
}

/** @returns the differences between the histories of several workflows, by id */
export function differences(
  expected: Readonly<Record<string, HistoryView>>,
  actual: Readonly<Record<string, HistoryView>>,
): string[] {
  const ids = new Set([...Object.keys(expected), ...Object.keys(actual)]);
  return [...ids].flatMap((id) =>
    compareViews(expected[id] ?? {}, actual[id] ?? {}).map((difference) => `${id}: ${difference}`),
  );
}

/**
 * Compares two runs of a sequential workflow: the same events in the same order with the same attributes.
 *
 * @returns one line for each difference; none where they are equal
 */
export function compareSequential(expected: readonly JsonEvent[], actual: readonly JsonEvent[]): string[] {
  return compareViews(viewOf(expected), viewOf(actual));
}

/**
 * Compares two runs of a workflow that does several things at once: the same commands in the same order, and the same events
 * for each activity, child, timer and for the workflow itself.
 *
 * @returns one line for each difference; none where they are equal
 */
export function compareConcurrent(expected: readonly JsonEvent[], actual: readonly JsonEvent[]): string[] {
  return compareViews(viewOf(expected, true), viewOf(actual, true));
}

const commandTypes = new Set(
  [
    'ACTIVITY_TASK_SCHEDULED',
    'ACTIVITY_TASK_CANCEL_REQUESTED',
    'TIMER_STARTED',
    'TIMER_CANCELED',
    'MARKER_RECORDED',
    'START_CHILD_WORKFLOW_EXECUTION_INITIATED',
    'SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED',
    'REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED',
    'UPSERT_WORKFLOW_SEARCH_ATTRIBUTES',
    'WORKFLOW_PROPERTIES_MODIFIED',
  ].map((name) => `EVENT_TYPE_${name}`),
);

/** The events of a history by what they belong to: `commands`, `workflow`, `activity <id>`, `timer <id>`, `child <id>`. */
function project(events: readonly JsonEvent[]): HistoryView {
  const owners = new Map<string, string>();
  const projection = new Map<string, JsonEvent[]>();
  const add = (name: string, event: JsonEvent) => {
    const bare = withoutFields(normalize(event), eventReferences) as JsonEvent;
    projection.set(name, [...(projection.get(name) ?? []), bare]);
  };
  for (const event of events) {
    if (event.eventType.startsWith('EVENT_TYPE_WORKFLOW_TASK_')) continue;
    if (commandTypes.has(event.eventType)) add('commands', event);
    add(ownerOf(event, owners), event);
  }
  return Object.fromEntries([...projection].sort(([left], [right]) => (left < right ? -1 : 1)));
}

interface Owned {
  activityId?: string;
  timerId?: string;
  workflowId?: string;
  scheduledEventId?: string;
  initiatedEventId?: string;
}

function ownerOf(event: JsonEvent, owners: Map<string, string>): string {
  const attributes = attributesOf(event);
  const root = attributes.scheduledEventId ?? attributes.initiatedEventId;
  const known = root && owners.get(root);
  if (known) return known;
  const owner = namedOwner(event.eventType, attributes);
  owners.set(event.eventId, owner);
  return owner;
}

function namedOwner(eventType: string, attributes: Owned): string {
  if (attributes.activityId) return `activity ${attributes.activityId}`;
  if (attributes.timerId) return `timer ${attributes.timerId}`;
  if (eventType.includes('CHILD_WORKFLOW_EXECUTION')) return `child ${attributes.workflowId}`;
  return 'workflow';
}

function attributesOf(event: JsonEvent): Owned {
  const field = Object.keys(event).find((name) => name.endsWith('EventAttributes'));
  return ((field && event[field]) ?? {}) as Owned;
}

function compareLists(name: string, expected: readonly JsonEvent[], actual: readonly JsonEvent[]): string[] {
  const differences: string[] = [];
  for (let index = 0; index < Math.max(expected.length, actual.length); index++) {
    const left = JSON.stringify(sorted(expected[index])) ?? 'nothing';
    const right = JSON.stringify(sorted(actual[index])) ?? 'nothing';
    if (left !== right) differences.push(`${name} ${index + 1}: expected ${left}, got ${right}`);
  }
  return differences;
}

/** @returns plain data without some fields, wherever they stand in it */
export function withoutFields(value: unknown, fields: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutFields(item, fields));
  if (typeof value === 'string') return value.replaceAll(runId, '…');
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([field]) => !fields.has(field) && !isStickyName(field, value));
  return Object.fromEntries(kept.map(([field, item]) => [field, withoutFields(item, fields)]));
}

// The SDK writes run ids into its reasons for canceling.
const runId = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

// A sticky queue is named after its worker: that is identity, too.
function isStickyName(field: string, queue: object): boolean {
  return field === 'name' && 'kind' in queue && queue.kind === 'TASK_QUEUE_KIND_STICKY';
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted((value as Record<string, unknown>)[key])]),
  );
}
