/** A value that survives JSON unchanged: what tools take and return, and what crosses into a history. */
export type JsonValue = null | boolean | number | string | JsonValue[] | {[key: string]: JsonValue};

/** A JSON object: the input of every tool. */
export type JsonObject = {[key: string]: JsonValue};

/** A JSON Schema document (draft 2020-12), made from zod on the Node side. */
export type JsonSchema = JsonObject;
