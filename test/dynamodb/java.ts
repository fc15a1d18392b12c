import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const OLDEST = 17;

const run = promisify(execFile);

/** What this machine lacks, in one line; null when it lacks nothing. The launcher is a source file, so a JDK it must be. */
export async function missing(): Promise<string | null> {
  try {
    const { stdout } = await run('java', ['--list-modules']);
    const version = /^java\.base@(\d+)\S*$/m.exec(stdout);
    const [found = '', major = '0'] = version ?? [];
    if (Number(major) < OLDEST) return `a JDK ${OLDEST} or later is needed, and java is ${found}`;
    return stdout.includes('jdk.compiler@') ? null : `a JDK ${OLDEST} or later is needed, and java has no compiler`;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const found = code === 'ENOENT' ? 'there is no java' : `java says ${message.trim().split('\n').at(-1)}`;
    return `a JDK ${OLDEST} or later is needed, and ${found}`;
  }
}
