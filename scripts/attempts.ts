/** Prints how many attempts on the program the tests make, by kind. */
import { countAttempts } from '../tests/support/attempts.ts';

const counts = await countAttempts();
for (const { kind, attempts } of counts) console.log(`${String(attempts).padStart(6)}  ${kind}`);
console.log(`${String(counts.reduce((sum, { attempts }) => sum + attempts, 0)).padStart(6)}  in all`);
