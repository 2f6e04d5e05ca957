import { queueDesk } from '../locale/en/queue-desk.ts';
import type { QueueWords } from '../locale/index.ts';

/** The words of the queue and of what it loads later. */
export type DeskWords = QueueWords & typeof queueDesk;

/** Another language brings them all at once. */
export const deskWords = (t: QueueWords): DeskWords => ({ ...queueDesk, ...t });
