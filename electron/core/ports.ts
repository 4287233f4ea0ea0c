import type { SecretStore } from './aws/connection.ts';

/**
 * What the core needs of its host. Named by need; each host passes its own when it mounts the core.
 */

/** A child process that speaks in structured-cloned messages. */
export interface ChildPort {
  readonly pid: number | undefined;
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, with a reason such as "exit code 1" or "signal SIGKILL". */
  onExit(listener: (reason: string) => void): void;
  kill(): void;
}

/** Starts the embedding worker (`electron/core/embedding/worker/main.ts`) in a process of its own. */
export type LaunchWorker = (name: 'inference' | 'pictures') => ChildPort;

/** A practice cloud that runs: an S3 Vectors endpoint on this computer. */
export interface PracticeEndpoint {
  readonly endpoint: string;
  readonly region: string;
  stop(): Promise<void>;
}

/** Starts a practice cloud that keeps what it is given in `dataDir`, on a free port by default. */
export type StartPracticeCloud = (options: {
  readonly dataDir: string;
  readonly port: number | undefined;
}) => Promise<PracticeEndpoint>;

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Takes a line for the log; `data` must hold no secret. */
export type Log = (level: LogLevel, message: string, data?: Record<string, unknown>) => void;

export interface Ports {
  /**
   * Whether a window may add this folder (an absolute path): only one that its user chose. Every
   * folder by default, for hosts that a browser's token or a terminal stands for.
   */
  readonly mayOpenFolder?: (folder: string) => boolean;
  readonly launchWorker: LaunchWorker;
  readonly log: Log;
  /** Where typed-in keys are kept; in memory where the host has no better place. */
  readonly secrets?: SecretStore;
  /** Of hosts with a window; the practice cloud is a program of its own, which the core does not know. */
  readonly startPracticeCloud?: StartPracticeCloud;
}
