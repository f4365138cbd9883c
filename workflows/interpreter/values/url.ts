import {GuestEntity} from './value.ts';

/** The parameters of a query. The host's are kept out of a program's reach: only texts come out of them. */
export class GuestSearchParams extends GuestEntity {
  readonly className = 'URLSearchParams';
  readonly params: URLSearchParams;
  readonly #url: URL | undefined;
  #characters: number;

  /** @param owner the characters that the parameters take, or the URL whose they are */
  constructor(params: URLSearchParams, owner: number | URL) {
    super();
    this.params = params;
    this.#url = typeof owner === 'number' ? undefined : owner;
    this.#characters = typeof owner === 'number' ? owner : 0;
  }

  /** How many characters they take, or more. */
  get characters(): number {
    return this.#url?.href.length ?? this.#characters;
  }

  /** Counts what is added to parameters that belong to no URL. */
  grow(characters: number): void {
    this.#characters += characters;
  }
}

/** A URL of the program, with its parts as texts. */
export class GuestUrl extends GuestEntity {
  readonly className = 'URL';
  readonly url: URL;
  /** Changes of these change the URL. */
  readonly searchParams: GuestSearchParams;

  constructor(url: URL) {
    super();
    this.url = url;
    this.searchParams = new GuestSearchParams(url.searchParams, url);
  }
}
