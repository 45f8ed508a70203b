import { render } from 'lit-html';
import { People } from '../feed/people.ts';
import { type Connection, isLast, type Reader, Stream } from '../feed/stream.ts';
import type { LiveLine, ShownPerson } from '../wire.ts';
import { LastLines } from './last-lines.ts';
import { linesView } from './view.ts';

const LOOK_EVERY_MS = 1_000; // lines go in silence, too

/** Draws the last lines of a meeting at most once for each frame, and nothing before all that was said before is here. */
export class OverlayPage implements Reader {
  readonly #lines: LastLines;
  readonly #people = new People();
  readonly #place: HTMLElement;
  readonly #stream = new Stream(this, ['gaveWay', 'stopped']);
  #isComplete = false;
  #isDue = false;

  /**
   * @param most - how many lines are shown at once
   * @param place - where they are drawn
   */
  constructor(most: number, place: HTMLElement) {
    this.#lines = new LastLines(most);
    this.#place = place;
  }

  begin(): void {
    setInterval(() => this.#draw(), LOOK_EVERY_MS);
    this.#stream.open(undefined);
  }

  opened(): void {
    this.#lines.catchUp();
  }

  line(line: LiveLine): void {
    this.#lines.take(line, Date.now());
    this.#draw();
  }

  person(person: ShownPerson): void {
    this.#people.take(person);
    this.#draw();
  }

  /** Its address says in which language it is. */
  languages(): void {}

  reset(): void {
    this.#lines.beginAnew();
    this.#people.beginAnew();
  }

  all(): void {
    this.#lines.all();
    this.#people.settle();
    this.#isComplete = true;
    this.#draw();
  }

  /** It is an attribute, so that whoever streams can style it. */
  connection(connection: Connection): void {
    document.body.dataset.connection = connection;
    if (isLast(connection)) this.#lines.clear();
    this.#draw();
  }

  #draw(): void {
    if (this.#isDue || !this.#isComplete) return;
    this.#isDue = true;
    requestAnimationFrame(() => {
      this.#isDue = false;
      render(linesView(this.#lines.shown(Date.now()), this.#people), this.#place);
    });
  }
}
