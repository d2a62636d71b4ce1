import { readdirSync, readFileSync } from 'node:fs';

/** SIGKILLs a process and all its descendants, by pid, and waits until they are gone. */
export async function killTree(pid: number | undefined): Promise<void> {
  if (pid) await killAll([pid, ...descendants(pid)]);
}

/** Stops a process and all its descendants for so long, then lets them go on. */
export async function stopTree(pid: number | undefined, ms: number): Promise<void> {
  const pids = pid ? [pid, ...descendants(pid)] : [];
  for (const each of pids) signal(each, 'SIGSTOP');
  await new Promise((resolve) => setTimeout(resolve, ms));
  for (const each of pids) signal(each, 'SIGCONT');
}

/** The descendants of a process whose command line matches, e.g. those in which pages run. */
export function findDescendants(pid: number | undefined, command: RegExp): number[] {
  return pid ? descendants(pid).filter((each) => command.test(commandOf(each))) : [];
}

/** SIGKILLs these processes, by pid, and waits until they are gone. Rejects where there is none: then nothing crashed. */
export async function crashProcesses(pids: readonly number[]): Promise<void> {
  if (!pids.length) throw new Error('the page has no process of its own');
  await killAll(pids);
}

async function killAll(pids: readonly number[]): Promise<void> {
  for (const each of pids) signal(each, 'SIGKILL');
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

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
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
