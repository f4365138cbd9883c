import {Context} from '@temporalio/activity';
import {directCallId, modelActivityType} from '../../workflows/protocol/identity.ts';
import type {ToolDescription} from '../../workflows/protocol/manifest.ts';
import type {ModelStepInput, ModelStepResult, StreamedText} from '../../workflows/protocol/model-step.ts';
import type {AssistantMessage, TranscriptMessage} from '../../workflows/protocol/transcript.ts';
import {extendDigest} from '../../workflows/protocol/transcript-digest.ts';
import {classifyToolError} from '../classify-error.ts';
import {whileHeartbeating} from '../heartbeating.ts';
import type {ManifestOf} from '../held-manifests.ts';
import {askAgainIfEmpty} from './ask-again.ts';
import {fetchPrefix, wholeMessages} from './fetch-transcript.ts';
import type {ModelProvider} from './provider.ts';
import type {TranscriptCache, TranscriptPrefix} from './transcript-cache.ts';

/** What model steps need from the process they run in. */
export interface ModelDependencies {
  /** The provider of a model and the model's name there. Throws a non-retryable failure for one that is unknown. */
  providerOf(model: string): {provider: ModelProvider; model: string};
  transcripts: TranscriptCache;
  /** Manifests that runs hold for their subagents. */
  manifestOf: ManifestOf;
  /** What a model is told of the tools that its agent has. */
  describeTools(tools: readonly ToolDescription[]): readonly ToolDescription[];
  /** Absolute path; shown as `.` where an error names it. */
  sandbox: string;
  /** Milliseconds. */
  heartbeatInterval: number;
}

/** The `model.request` activity: puts the transcript together, asks the provider, remembers the answer. */
export function createModelRequest(
  dependencies: ModelDependencies,
): (input: ModelStepInput) => Promise<ModelStepResult> {
  return async (input) => {
    const context = Context.current();
    const streamed = streamedText(context.info.attempt);
    const step = () => requestStep(dependencies, input, context, streamed.append);
    try {
      return await whileHeartbeating(context, dependencies.heartbeatInterval, step, streamed.details);
    } catch (error) {
      throw classifyToolError(error, {
        tool: modelActivityType,
        sandbox: dependencies.sandbox,
        signal: context.cancellationSignal,
      });
    }
  };
}

async function requestStep(
  {providerOf, transcripts, manifestOf, describeTools}: ModelDependencies,
  input: ModelStepInput,
  context: Context,
  onText: (text: string) => void,
): Promise<ModelStepResult> {
  const prefix =
    transcripts.get(input.prefix.digest) ?? (await fetchPrefix(context, input.prefix, manifestOf));
  transcripts.set(input.prefix.digest, prefix);
  const {provider, model} = providerOf(input.model);
  const {agent, turn} = input;
  const news = await wholeMessages(context, input);
  const messages = [...prefix.messages, ...news];
  const {instructions} = prefix;
  const tools = describeTools(prefix.tools);
  const request = {model, agent, turn, instructions, tools, messages};
  const ask = () => provider.request(request, {signal: context.cancellationSignal, onText});
  const result = await askAgainIfEmpty(ask, input.model);
  const message = withOwnIds(result.message, turn);
  remember(transcripts, input.prefix.digest, prefix, [...news, message]);
  return {...result, message};
}

/** Ids come from turn and position: a provider's own may repeat. */
function withOwnIds(message: AssistantMessage, turn: number): AssistantMessage {
  const toolCalls = message.toolCalls.map((call, index) => ({...call, id: directCallId(turn, index + 1)}));
  return {...message, toolCalls};
}

function remember(
  transcripts: TranscriptCache,
  digest: string,
  known: TranscriptPrefix,
  news: readonly TranscriptMessage[],
): void {
  transcripts.set(extendDigest(digest, news), {...known, messages: [...known.messages, ...news]});
}

const longestTail = 4000;

/** Collects a model's text for heartbeats: only its end, so that they stay small. */
function streamedText(attempt: number): {append(text: string): void; details(): StreamedText | undefined} {
  let offset = 0;
  let tail = '';
  return {
    append(text) {
      const whole = tail + text;
      const cut = Math.max(0, whole.length - longestTail);
      offset += cut;
      tail = whole.slice(cut);
    },
    details: () => (tail === '' ? undefined : {attempt, offset, tail}),
  };
}
