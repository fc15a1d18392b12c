import { startTable } from '../../infra/local/table/table.ts';

/** A table in a process of its own, for tests that kill it: prints its URL once it answers. */
const [dir = '', accessKey = ''] = process.argv.slice(2);
try {
  const { url } = await startTable({ dir, accessKey });
  process.stdout.write(`${url}\n`);
} catch (error) {
  process.stdout.write(`refused: ${(error as Error).message}\n`);
}
