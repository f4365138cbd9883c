import {type Failure, type Payload, type Payloads, temporal} from '../wire/proto.ts';

const {common, failure} = temporal.api;

/** @returns the encoded size in bytes; 0 where there is nothing */
export function sizeOfPayloads(payloads: Payloads | null | undefined): number {
  return payloads ? common.v1.Payloads.encode(payloads).len : 0;
}

/** @returns the encoded size in bytes; 0 where there is nothing */
export function sizeOfFailure(value: Failure | null | undefined): number {
  return value ? failure.v1.Failure.encode(value).len : 0;
}

/** @returns the encoded size of a memo's or header's fields in bytes */
export function sizeOfFields(fields: Record<string, Payload> | null | undefined): number {
  return fields ? common.v1.Memo.encode({fields}).len : 0;
}
