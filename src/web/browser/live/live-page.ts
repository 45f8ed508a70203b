import { type Connection, isLast, type Reader, Stream } from '../feed/stream.ts';
import { filled } from '../phrases.ts';
import { linesWith, nextFound, type Search } from '../search/find.ts';
import type { Languages, LiveLine, ShownAudience, ShownPerson } from '../wire.ts';
import { minutesAreThere } from './afterwards.ts';
import { Announcements } from './model/announcements.ts';
import { type FollowEvent, follow } from './model/follow.ts';
import type { Action } from './model/keys.ts';
import { shouldAskAgain } from './model/languages.ts';
import { otherSize, type Preferences } from './model/preferences.ts';
import * as regions from './regions.ts';
import type { Acts, State } from './state.ts';

const LOOK_FOR_LATE_MS = 1_000;
const FIRST_DRAWN_AFTER_MS = 250; // what was said before comes in many pieces, which would be drawn again and again
const TYPED_MS = 150; // between two letters

/** The live page: takes what comes and what the reader does, and draws what there is at most once for each frame. */
export class LivePage implements Reader, Acts {
  readonly #state: State;
  readonly #keep: (preferences: Preferences) => void;
  readonly #isWide: boolean;
  readonly #announcements = new Announcements();
  readonly #stream = new Stream(this);
  #isDue = false;
  #typing: ReturnType<typeof setTimeout> | undefined;
  #lineToShow: string | undefined;

  /**
   * @param isWide - whether people have room beside the lines
   * @param keep - remembers how somebody reads
   */
  constructor(state: State, isWide: boolean, keep: (preferences: Preferences) => void) {
    this.#state = state;
    this.#isWide = isWide;
    this.#keep = keep;
  }

  begin(): void {
    regions.watchScrolling(
      (isUp, isAtEnd) => this.#follow({ kind: 'scrolled', isUp, isAtEnd }),
      () => {
        if (this.#state.following.isFollowing) regions.scrollToEnd();
      },
    );
    setInterval(() => this.#announce(this.#announcements.late(Date.now())), LOOK_FOR_LATE_MS);
    this.#stream.open(this.#state.preferences.language);
    this.#draw();
  }

  line(line: LiveLine): void {
    const { transcript, languages, isComplete } = this.#state;
    const isNew = transcript.take(line);
    if (line.text === '') this.#follow({ kind: 'gone', id: line.id });
    else if (isNew && isComplete) this.#follow({ kind: 'came', id: line.id });
    this.#announce(this.#announcements.take(line, languages.shown, Date.now()));
    this.#draw();
  }

  person(person: ShownPerson): void {
    this.#state.people.take(person);
    this.#draw();
  }

  audience(audience: ShownAudience | null): void {
    this.#state.audience = audience;
    this.#draw();
  }

  languages(languages: Languages): void {
    const { targets } = this.#state.languages;
    this.#state.languages = languages;
    const { language } = this.#state.preferences;
    const isNews = targets.join() !== languages.targets.join();
    if (isNews && shouldAskAgain(languages, language)) this.#stream.open(language);
    this.#draw();
  }

  reset(): void {
    this.#state.transcript.beginAnew();
    this.#state.people.beginAnew();
  }

  all(): void {
    this.#state.transcript.settle();
    this.#state.people.settle();
    this.#state.isComplete = true;
    this.#announcements.begin();
    this.#draw();
  }

  connection(connection: Connection): void {
    const before = this.#state.connection;
    this.#state.connection = connection;
    if (isLast(connection)) this.#state.transcript.dropGrowing();
    if (connection === 'over') void this.#lookForMinutes();
    if (connection !== before && connection !== 'connecting' && before !== 'connecting')
      regions.announce(this.#state.data.words[connection]);
    this.#draw();
  }

  act(action: Action): void {
    const { preferences } = this.#state;
    switch (action) {
      case 'help':
        regions.showHelp();
        break;
      case 'display':
        regions.toggleDisplay();
        break;
      case 'people':
        regions.togglePeople();
        break;
      case 'language':
        regions.focusOn('language');
        break;
      case 'search':
        this.lookFor({});
        regions.focusOn('query');
        break;
      case 'end':
        this.#follow({ kind: 'to the end' });
        break;
      case 'larger':
      case 'smaller':
        this.prefer({ textSize: otherSize(preferences.textSize, action === 'larger' ? 1 : -1) });
        break;
      case 'contrast':
        this.prefer({ moreContrast: !preferences.moreContrast });
        break;
      case 'original':
        this.prefer({ showsOriginal: !preferences.showsOriginal });
        break;
    }
  }

  prefer(change: Partial<Preferences>): void {
    const { language } = this.#state.preferences;
    this.#state.preferences = { ...this.#state.preferences, ...change };
    this.#keep(this.#state.preferences);
    if (this.#state.preferences.language !== language) this.#stream.open(this.#state.preferences.language);
    this.#draw();
  }

  lookFor(change: Partial<Search>): void {
    const { query = '', now, onlyFound = false } = this.#state.search ?? {};
    const search = { query, onlyFound, ...(now !== undefined && { now }), ...change };
    this.#state.search = search;
    clearTimeout(this.#typing);
    if (change.query === undefined) this.#drawNow();
    else this.#typing = setTimeout(() => this.#goTo(nextFound(this.#found, undefined, 1)), TYPED_MS);
  }

  closeSearch(): void {
    this.#state.search = undefined;
    this.#drawNow();
    regions.focusOn('search-button');
  }

  goToFound(step: 1 | -1): void {
    this.#goTo(nextFound(this.#found, this.#state.search?.now, step));
  }

  get #found(): readonly LiveLine[] {
    const { search, transcript, people } = this.#state;
    return linesWith(search?.query ?? '', transcript.lines, (line) => people.lookOf(line).name);
  }

  #goTo(id: string | undefined): void {
    const { search } = this.#state;
    if (!search) return;
    const { now: _, ...rest } = search;
    this.#state.search = id === undefined ? rest : { ...rest, now: id };
    if (id !== undefined) this.#follow({ kind: 'to a line' });
    this.#lineToShow = id;
    this.#draw();
  }

  async #lookForMinutes(): Promise<void> {
    this.#state.hasMinutes = await minutesAreThere();
    this.#draw();
  }

  #announce(lines: readonly LiveLine[]): void {
    for (const line of lines) {
      const name = filled('{name}', { name: this.#state.people.lookOf(line).name });
      regions.announce(`${name}: ${line.text}`, line.language);
    }
  }

  #follow(event: FollowEvent): void {
    const before = this.#state.following;
    this.#state.following = follow(before, event);
    if (this.#state.following !== before || event.kind === 'to the end') this.#draw();
  }

  #draw(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    const drawIfDue = () => {
      if (this.#isDue) this.#drawNow();
    };
    if (this.#state.isComplete) requestAnimationFrame(drawIfDue);
    else setTimeout(drawIfDue, FIRST_DRAWN_AFTER_MS);
  }

  #drawNow(): void {
    this.#isDue = false;
    regions.draw(this.#state, this.#found, this.#isWide, this);
    if (this.#lineToShow !== undefined) regions.scrollToLine(this.#lineToShow);
    else if (this.#state.following.isFollowing) regions.scrollToEnd();
    this.#lineToShow = undefined;
  }
}
