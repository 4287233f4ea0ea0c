import { parentPort, workerData } from 'node:worker_threads';
import { servePracticeCloud, type PracticeCloudOptions } from './practice-server.ts';

/** Runs in a thread of its own: see start-practice-cloud.ts. A throw here is the thread's error. */
const server = await servePracticeCloud(workerData as PracticeCloudOptions);

parentPort?.once('message', () => {
  void server.stop().then(() => parentPort?.close());
});
parentPort?.postMessage({ port: server.port, region: server.region });
