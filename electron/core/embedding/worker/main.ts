import { createSharpDecoder } from './decode-picture.ts';
import { runWorker } from './run-worker.ts';
import { hideNativeSharp, needsWasmSharp } from './wasm-sharp.ts';

if (needsWasmSharp()) hideNativeSharp();
runWorker(createSharpDecoder);
