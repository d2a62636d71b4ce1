import { readdirSync, readFileSync } from 'node:fs';

/** SIGKILLs a process and all its descendants, by pid, and waits until they are gone. */
export async function killTree(pid: number | undefined): Promise<void> {
  if (pid) await killAll([pid, ...descendants(pid)]);
}

/**
 * SIGKILLs those descendants of a process whose command line matches, by pid, and waits until they are gone: the processes in
 * which pages run, while the browser lives on. Rejects where there is none.
 */
export async function killDescendants(pid: number | undefined, command: RegExp): Promise<void> {
  const pids = pid ? descendants(pid).filter((each) => command.test(commandOf(each))) : [];
  if (!pids.length) throw new Error(`no process of the browser is called ${command}`);
  await killAll(pids);
}

async function killAll(pids: readonly number[]): Promise<void> {
  for (const each of pids) kill(each);
  const end = Date.now() + 10_000;
  while (pids.some(isAlive) && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
}

function descendants(pid: number): number[] {
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => parentOf(name) === pid)
    .map(Number);
  return children.flatMap((child) => [child, ...descendants(child)]);
}

/** Its arguments, with blanks between. */
function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replace(/\0/g, ' ').trim();
  } catch {
    return '';
  }
}

function parentOf(name: string): number {
  try {
    // The command may contain blanks and brackets; the parent is the second field after the last bracket.
    return Number(
      readFileSync(`/proc/${name}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ')[1],
    );
  } catch {
    return 0;
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Already gone.
  }
}

function isAlive(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '')[0] !== 'Z';
  } catch {
    return false;
  }
}
