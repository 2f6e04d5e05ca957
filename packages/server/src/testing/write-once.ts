/** A process that tries to write one person into the store named by its first argument. */
import { openStore } from '../store/index.ts';

const [, , folder = ''] = process.argv;
const store = await openStore(folder, { threads: 1, lockPatience: 0 });
try {
  await store.importChunks({ file: 'child', contentHash: 'c'.repeat(64), mappingHash: 'm' }, [
    { records: [{ entityType: 'person', id: 'from-child', attributes: {}, batch: 'x' }], events: [] },
  ]);
  process.stdout.write('written\n');
} catch (error) {
  process.stdout.write(`${String(error)}\n`);
} finally {
  await store.close();
}
