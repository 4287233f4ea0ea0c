import { StepHistory } from '../app/step-history.ts';
import { type QueryState, useQueryState } from './query-store.ts';

type Query = Pick<QueryState, 'picture' | 'text' | 'mode' | 'balance' | 'top' | 'selection'>;

let catalogId = useQueryState.getState().catalogId;
const steps = new StepHistory<Query>(queryOf(useQueryState.getState()), {
  gradual: ['text', 'balance'],
});

useQueryState.subscribe((state) => {
  // A query of another catalog may name fields and items that this one does not have.
  if (state.catalogId === catalogId) steps.note(queryOf(state));
  else steps.restart(queryOf(state));
  catalogId = state.catalogId;
});

/** Goes back to the query before the last change of it; false when there is none. */
export function undoQuery(): boolean {
  return restore(steps.undo());
}

/** Takes back what was undone last; false when there is nothing. */
export function redoQuery(): boolean {
  return restore(steps.redo());
}

function restore(query: Query | null): boolean {
  // The history stands there already, so that this is no new step for it.
  if (query !== null) useQueryState.setState({ ...query, openId: null });
  return query !== null;
}

function queryOf({ picture, text, mode, balance, top, selection }: QueryState): Query {
  return { picture, text, mode, balance, top, selection };
}
