import { createSharpDecoder } from './decode-picture.ts';
import { runWorker } from './run-worker.ts';

runWorker(createSharpDecoder);
