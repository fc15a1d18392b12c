import { Writable } from 'node:stream';
import { writeLinesTo } from '../../functions/log.ts';

/** What functions log is nothing to read among the tests; the local platform sends it to its own file. */
const nowhere = () => new Writable({ write: (_chunk, _encoding, done) => done() });
writeLinesTo(nowhere(), nowhere());
