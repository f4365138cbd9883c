/**
 * Milliseconds that tests wait for something that must happen: only what hangs takes so long, however busy the machine.
 * Less than the time that a whole test has, so that it can say what did not happen.
 */
export const patience = 200_000;
