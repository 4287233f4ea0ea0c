import { StepHistory } from '../app/step-history.ts';
import { type BrowseState, useBrowseState } from './browse-store.ts';

type Choice = Pick<
  BrowseState,
  'view' | 'collectionId' | 'folder' | 'selection' | 'contains' | 'sort' | 'groupBy'
>;

let catalogId = useBrowseState.getState().catalogId;
const steps = new StepHistory<Choice>(choiceOf(useBrowseState.getState()), {
  gradual: ['contains'],
});

useBrowseState.subscribe((state) => {
  if (state.catalogId === catalogId) steps.note(choiceOf(state));
  else steps.restart(choiceOf(state));
  catalogId = state.catalogId;
});

/** Shows what Browse showed before the last choice; false when there was none. */
export function undoBrowse(): boolean {
  return restore(steps.undo());
}

/** Takes back what was undone last; false when there is nothing. */
export function redoBrowse(): boolean {
  return restore(steps.redo());
}

function restore(choice: Choice | null): boolean {
  // The history stands there already, so that this is no new step for it.
  if (choice !== null) useBrowseState.setState(choice);
  return choice !== null;
}

function choiceOf(state: BrowseState): Choice {
  const { view, collectionId, folder, selection, contains, sort, groupBy } = state;
  return { view, collectionId, folder, selection, contains, sort, groupBy };
}
