/** By which the single file of the desk is known to that of the queue: of the same version only. */
export const DESK = 'handoff-queue-desk 0.1.0';
