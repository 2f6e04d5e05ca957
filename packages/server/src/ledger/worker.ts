import { parentPort, workerData } from 'node:worker_threads';
import type { DatabaseSync } from 'node:sqlite';
import { openDatabase } from './database.ts';
import { Request, type Reply } from './messages.ts';

/** Keeps a ledger's file in a thread of its own, since every commit waits for the disk. */
function serve(database: DatabaseSync): void {
  const insert = database.prepare(
    'INSERT INTO events (seq, kind, target, version, command_id, at, body) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const keep = database.prepare(
    'INSERT INTO leads (person, card) VALUES (?, ?) ON CONFLICT (person) DO UPDATE SET card = excluded.card',
  );
  const forget = database.prepare('DELETE FROM leads WHERE person = ?');
  const events = database.prepare('SELECT body FROM events WHERE seq > ? ORDER BY seq');
  const leads = database.prepare('SELECT card FROM leads');
  const lead = database.prepare('SELECT card FROM leads WHERE person = ?');
  const dataVersion = () => Number(database.prepare('PRAGMA data_version').get()?.['data_version']);
  let seen = dataVersion();
  const answer = (request: Request): unknown => {
    switch (request.does) {
      case 'append':
        return whole(database, () => {
          let seq = request.after;
          for (const { kind, target, version, commandId, at, body } of request.rows)
            insert.run(++seq, kind, target, version, commandId, at, body);
        });
      case 'keep':
        return whole(database, () => {
          for (const { person, card } of request.leads) keep.run(person, card);
        });
      case 'forget':
        forget.run(request.person);
        // What the log before the file still has of the person goes too, unless somebody reads it right now.
        database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
        return undefined;
      case 'look': {
        const before = seen;
        seen = dataVersion();
        return seen !== before;
      }
      case 'read':
        return texts(events.all(request.after), 'body');
      case 'leads':
        return texts(request.person === undefined ? leads.all() : lead.all(request.person), 'card');
      case 'close':
        database.close();
        return undefined;
    }
  };
  parentPort?.on('message', (message: unknown) => {
    const request = Request.parse(message);
    let reply: Reply;
    try {
      reply = { id: request.id, value: answer(request) };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const barred = barredBy(error);
      reply = {
        id: request.id,
        error: message,
        overtaken: message.includes('UNIQUE constraint failed: events.'),
        ...(barred === undefined ? {} : { barred }),
      };
    }
    parentPort?.postMessage(reply, []);
    if (request.does === 'close') parentPort?.close();
  });
}

const CODES: Readonly<Record<number, Reply['barred']>> = { 8: 'read-only', 13: 'full' };

/** What keeps a file from being written, by the primary code of SQLite's error. */
function barredBy(error: unknown): Reply['barred'] {
  const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) : 0;
  return CODES[code % 256];
}

/** All of it or nothing. */
function whole(database: DatabaseSync, work: () => void): undefined {
  database.exec('BEGIN IMMEDIATE');
  try {
    work();
    database.exec('COMMIT');
  } catch (error) {
    // A full disk has ended it already.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

const texts = (rows: readonly Record<string, unknown>[], column: string): unknown[] => rows.map((row) => row[column]);

const { path }: { path: unknown } = workerData;
serve(openDatabase(String(path)));
parentPort?.postMessage({ id: 0 } satisfies Reply, []);
