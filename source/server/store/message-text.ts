/** An encoder of the generated protocol code. */
interface MessageType<Message> {
  encode(message: Message): {finish(): Uint8Array};
  decode(bytes: Uint8Array): Message;
}

/** @returns a message as text that a JSON document can hold; undefined where there is none */
export function toText<Message>(
  type: MessageType<Message>,
  message: Message | null | undefined,
): string | undefined {
  if (message === null || message === undefined) return undefined;
  const bytes = type.encode(message).finish();
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

/** @returns the message that `toText` wrote */
export function fromText<Message>(type: MessageType<Message>, text: string | undefined): Message | undefined {
  return text === undefined ? undefined : type.decode(Buffer.from(text, 'base64'));
}
