import type { InferenceSession, OnnxValue, Tensor } from 'onnxruntime-node';
import { describeError, VitrineError } from '../../errors.ts';
import { inferenceThreads } from './inference-threads.ts';
import type { GraphOutput } from './pool-output.ts';
import type { WorkerModel } from './protocol.ts';
import { yieldToWindow } from './yield-to-window.ts';

/** An int64 or float32 input of a graph. */
export interface GraphInput {
  readonly data: Float32Array | BigInt64Array;
  readonly dims: readonly number[];
}

export interface Session {
  /** Runs the graph; holds the thread until it is done, whatever the promise suggests. */
  run(inputs: Readonly<Record<string, GraphInput>>): Promise<GraphOutput>;
}

/**
 * Loads a model's graph.
 *
 * @param threads for one run; the physical cores by default.
 * @throws VitrineError MODEL_DAMAGED when the file is no graph, or lacks the inputs and outputs that
 * the manifest names.
 */
export async function openSession(
  model: WorkerModel,
  threads: number | undefined = inferenceThreads(),
): Promise<Session> {
  yieldToWindow();
  const ort = await import('onnxruntime-node');
  let session: InferenceSession;
  try {
    session = await ort.InferenceSession.create(model.modelPath, {
      // The arena makes runs quicker; the memory pattern only holds memory (both measured).
      enableCpuMemArena: true,
      enableMemPattern: false,
      logSeverityLevel: 3,
      ...(threads === undefined ? {} : { intraOpNumThreads: threads }),
    });
  } catch (error) {
    throw damagedModel(model, describeError(error), error);
  }
  const { spec } = model;
  const inputs = spec.modality === 'image' ? [spec.input] : Object.values(spec.inputs);
  for (const name of inputs) {
    if (name !== undefined && !session.inputNames.includes(name))
      throw damagedModel(model, `it has no input "${name}"`);
  }
  if (!session.outputNames.includes(spec.output)) {
    throw damagedModel(model, `it has no output "${spec.output}"`);
  }

  return {
    async run(graphInputs) {
      const feeds: Record<string, Tensor> = {};
      for (const [name, { data, dims }] of Object.entries(graphInputs)) {
        feeds[name] =
          data instanceof Float32Array
            ? new ort.Tensor('float32', data, dims)
            : new ort.Tensor('int64', data, dims);
      }
      const outputs = await session.run(feeds, [spec.output]);
      return floatsOf(outputs[spec.output], spec.output);
    },
  };
}

function floatsOf(value: OnnxValue | undefined, name: string): GraphOutput {
  if (value?.type !== 'float32' || !(value.data instanceof Float32Array)) {
    throw new TypeError(`the output "${name}" holds no float32 numbers`);
  }
  return { data: value.data, dims: value.dims };
}

function damagedModel(model: WorkerModel, detail: string, cause?: unknown): VitrineError {
  return new VitrineError(
    'MODEL_DAMAGED',
    `The model ${model.spec.id} cannot be loaded from ${model.modelPath}: ${detail}`,
    { action: 'Put the right file in its place.', subject: model.modelPath, cause },
  );
}
