import {method} from '../grpc/method.ts';
import {search} from '../visibility/search.ts';
import {int64} from '../wire/numbers.ts';
import {namespaceOf} from './lookup.ts';

export const countWorkflowExecutions = method('CountWorkflowExecutions', (engine, {namespace, query}) => {
  const {runs, groups} = search(engine, namespaceOf(engine, namespace).name, query);
  const counted = [...(groups ?? [])].map(([value, members]) => ({
    groupValues: [keyword(value)],
    count: int64(members.length),
  }));
  return {count: int64(runs.length), groups: counted};
});

function keyword(value: string) {
  return {
    metadata: {encoding: Buffer.from('json/plain'), type: Buffer.from('Keyword')},
    data: Buffer.from(JSON.stringify(value)),
  };
}
