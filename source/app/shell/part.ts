import type {Layout} from '../state/layout.ts';
import type {AppState} from '../state/state.ts';

/** What each part of the screen is drawn from. */
export interface PartProps {
  readonly state: AppState;
  readonly layout: Layout;
  readonly colors: boolean;
}
