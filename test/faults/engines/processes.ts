import { readdirSync, readFileSync } from 'node:fs';

/** SIGKILLs a process and all its descendants, by pid, and waits until they are gone. */
export async function killTree(pid: number | undefined): Promise<void> {
  if (!pid) return;
  const pids = [pid, ...descendants(pid)];
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
