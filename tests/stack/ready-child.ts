// A program of ours as the tests need one: ready at once, ends with its parent, or fails when told so.
const [how] = process.argv.slice(2);
if (how === 'fail') throw new Error('the database is missing');
process.stdout.write(`${JSON.stringify({ ready: true, url: 'http://127.0.0.1:1' })}\n`);
process.stdin.on('end', () => process.exit(0)).resume();
if (how === 'die') setTimeout(() => process.exit(3), 50);
if (how === 'stubborn') process.on('SIGTERM', () => {});
