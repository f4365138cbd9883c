// What code outside of the workflow has to know of the language of programs.
export {isReservedName} from '../interpreter/reserved-names.ts';
export {withoutFences} from '../interpreter/syntax/fences.ts';
