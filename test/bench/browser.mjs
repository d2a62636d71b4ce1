// npm run bench -- browser: see there; its options only as `node test/bench/browser/run.mjs --runs 5 --only segment`.
import './browser/run.mjs';
