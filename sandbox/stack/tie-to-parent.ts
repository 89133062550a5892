import { spawn } from 'node:child_process';

/**
 * Ends the process `pid` when this one ends in any way, kill -9 included: a small shell, in a session of its own, waits
 * for its input to close, which the system does when we are gone. Returns a function that takes the tie away.
 */
export function tieToParent(pid: number, signal: 'INT' | 'TERM'): () => void {
  const script = 'cat >/dev/null; kill -s "$1" "$2" 2>/dev/null';
  const watch = spawn('sh', ['-c', script, 'sh', signal, String(pid)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watch.unref();
  return () => {
    // The whole group: killing only the shell would leave `cat`, and closing the input would fire the signal.
    if (watch.pid !== undefined && watch.exitCode === null) process.kill(-watch.pid, 'SIGKILL');
  };
}
