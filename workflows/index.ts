// The registered workflow functions only.
export {durableAgent} from './durable-agent.ts';
