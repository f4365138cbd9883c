/** The descriptor of a host that only its parent has the other end of: its end means that the parent is gone. */
export const lifeline = 4;
