// Makes the events of the report bench, a process of its own. Arguments: the file of an empty store, how many events.
import { fill } from './made-up.mjs';

await fill(process.argv[2], Number(process.argv[3]));
