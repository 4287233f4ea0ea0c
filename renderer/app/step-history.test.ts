import { describe, expect, it } from 'vitest';
import { StepHistory } from './step-history.ts';

interface Query {
  readonly text: string;
  readonly mode: string;
}

function createHistory() {
  const clock = { now: 0 };
  const history = new StepHistory<Query>(
    { text: '', mode: 'text' },
    { gradual: ['text'], now: () => clock.now },
  );
  const type = (text: string, mode = 'text') => history.note({ text, mode });
  return { history, clock, type };
}

describe('StepHistory', () => {
  it('takes what is typed in one go as one step, and a pause as the end of it', () => {
    const { history, clock, type } = createHistory();
    for (const text of ['r', 're', 'red']) {
      clock.now += 100;
      type(text);
    }
    clock.now += 2000;
    type('red sho');
    clock.now += 100;
    type('red shoe');
    expect(history.undo()?.text).toBe('red');
    expect(history.undo()?.text).toBe('');
    expect(history.undo()).toBeNull();
    expect(history.redo()?.text).toBe('red');
    expect(history.redo()?.text).toBe('red shoe');
    expect(history.redo()).toBeNull();
  });

  it('makes every other change a step of its own, however quick', () => {
    const { history, type } = createHistory();
    type('red');
    type('red', 'fused');
    type('red', 'image');
    type('red s', 'image');
    expect(history.undo()).toEqual({ text: 'red', mode: 'image' });
    expect(history.undo()).toEqual({ text: 'red', mode: 'fused' });
    expect(history.undo()).toEqual({ text: 'red', mode: 'text' });
  });

  it('forgets what was undone when something else is done', () => {
    const { history, type } = createHistory();
    type('red');
    type('red', 'fused');
    history.undo();
    type('red', 'image');
    expect(history.redo()).toBeNull();
    expect(history.undo()).toEqual({ text: 'red', mode: 'text' });
  });

  it('takes no step where nothing changed, and none over a new start', () => {
    const { history, type } = createHistory();
    type('');
    expect(history.undo()).toBeNull();
    type('red');
    history.restart({ text: 'blue', mode: 'text' });
    expect(history.undo()).toBeNull();
    expect(history.redo()).toBeNull();
  });
});
