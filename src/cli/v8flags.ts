/**
 * How V8 runs this program, however it is started. Importing it sets that: before the first thread is started, and before
 * WebAssembly is compiled.
 */
import { setFlagsFromString } from 'node:v8';

// Of what a thread just made V8 keeps three times this many MB before it looks what of it is needed, 48 unless told; 12 take
// no more processor time. For the first thread it comes too late here: bin/deltawire gives it with the command.
setFlagsFromString('--max-semi-space-size=4');
// To optimize the one program in WebAssembly, undici's parser of HTTP heads, takes 40 MB once and saves nothing measurable.
setFlagsFromString('--liftoff-only');
