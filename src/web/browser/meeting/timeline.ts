import { html, render } from 'lit-html';
import { nearestSpan, type Place, type Span, stepFrom } from './model/walk.ts';

interface Link {
  readonly element: SVGAElement;
  readonly span: Span;
  readonly bar: SVGRectElement;
  readonly words: string; // the first ones
}

interface Lane {
  readonly name: string;
  readonly drawing: SVGSVGElement;
  readonly links: readonly Link[];
}

const REACH_PX = 10; // as near as a pointer has to come: the shortest spans are a pixel wide

/** Makes the picture of who spoke when one stop for the tab key, along which arrow keys walk, with a card that tells about a span. */
export function interactivePicture(page: Document): void {
  const list = page.querySelector<HTMLElement>('.timeline');
  if (list) new Picture(list, page).begin();
}

class Picture {
  readonly #list: HTMLElement;
  readonly #page: Document;
  readonly #lanes: readonly Lane[];
  readonly #card: HTMLElement;
  readonly #places = new Map<Element, Place>();
  #shown: Link | undefined;

  constructor(list: HTMLElement, page: Document) {
    this.#list = list;
    this.#page = page;
    this.#lanes = [...list.querySelectorAll('li')].flatMap((lane) => laneIn(lane));
    this.#card = page.createElement('div');
    this.#card.className = 'card';
    this.#card.hidden = true;
    this.#card.ariaHidden = 'true'; // it shows what the links are called
  }

  begin(): void {
    for (const [lane, { links }] of this.#lanes.entries()) {
      for (const [span, { element }] of links.entries()) {
        this.#places.set(element, { lane, span });
        element.setAttribute('tabindex', '-1');
      }
    }
    this.#firstLink()?.element.setAttribute('tabindex', '0');
    this.#list.after(this.#card);
    const keys = this.#page.getElementById('timeline-keys');
    if (keys) {
      keys.hidden = false;
      this.#list.setAttribute('aria-describedby', keys.id);
    }
    const skip = this.#page.querySelector<HTMLElement>('.skip');
    if (skip) skip.hidden = true; // one press of the tab key does the same
    this.#list.addEventListener('keydown', (event) => this.#walk(event));
    this.#list.addEventListener('focusin', ({ target }) => this.#focused(target));
    this.#list.addEventListener('focusout', () => this.#show(undefined));
    for (const lane of this.#lanes) {
      lane.drawing.addEventListener('pointermove', (event) => this.#show(linkAt(lane, event)));
      lane.drawing.addEventListener('pointerleave', ({ relatedTarget }) => this.#left(relatedTarget));
      lane.drawing.addEventListener('click', (event) => follow(linkAt(lane, event), event));
    }
    this.#card.addEventListener('pointerleave', () => this.#show(undefined));
    this.#page.addEventListener('keydown', ({ key }) => {
      if (key === 'Escape') this.#show(undefined);
    });
  }

  #firstLink(): Link | undefined {
    return this.#lanes.find(({ links }) => links.length > 0)?.links[0];
  }

  #linkAt({ lane, span }: Place): Link | undefined {
    return this.#lanes[lane]?.links[span];
  }

  #walk(event: KeyboardEvent): void {
    const place = this.#placeOf(event.target);
    if (!place || event.ctrlKey || event.altKey || event.metaKey) return;
    const spans = this.#lanes.map(({ links }) => links.map(({ span }) => span));
    const next = stepFrom(spans, place, event.key);
    if (!next) return;
    event.preventDefault();
    this.#linkAt(next)?.element.focus();
  }

  /** The tab key comes back to where the reader was. */
  #focused(target: EventTarget | null): void {
    const place = this.#placeOf(target);
    if (!place) return;
    for (const stop of this.#list.querySelectorAll('[tabindex="0"]')) stop.setAttribute('tabindex', '-1');
    const link = this.#linkAt(place);
    link?.element.setAttribute('tabindex', '0');
    this.#show(link);
  }

  #placeOf(target: EventTarget | null): Place | undefined {
    return target instanceof Element ? this.#places.get(target) : undefined;
  }

  /** A pointer may go on to the card. */
  #left(to: EventTarget | null): void {
    if (!(to instanceof Node && this.#card.contains(to))) this.#show(undefined);
  }

  #show(link: Link | undefined): void {
    if (this.#shown === link) return;
    this.#shown?.element.classList.remove('shown');
    this.#shown = link;
    this.#card.hidden = !link;
    if (!link) return;
    link.element.classList.add('shown');
    const place = this.#places.get(link.element);
    const name = this.#lanes[place?.lane ?? 0]?.name ?? '';
    render(
      html`<p><strong dir="auto">${name}</strong> <span class="at">${link.element.dataset.when}</span></p>
        <p class="words" dir="auto">${link.words}</p>`,
      this.#card,
    );
    this.#putCardBelow(link.bar);
  }

  #putCardBelow(bar: SVGRectElement): void {
    const { left, right, bottom } = bar.getBoundingClientRect();
    const frame = (this.#card.offsetParent ?? this.#list).getBoundingClientRect();
    const middle = (left + right) / 2 - frame.left;
    const most = frame.width - this.#card.offsetWidth;
    this.#card.style.left = `${Math.max(0, Math.min(most, middle - this.#card.offsetWidth / 2))}px`;
    this.#card.style.top = `${bottom - frame.top}px`;
  }
}

function laneIn(lane: HTMLLIElement): Lane[] {
  const drawing = lane.querySelector('svg');
  const name = lane.querySelector('.name')?.textContent ?? '';
  if (!drawing) return [];
  return [
    {
      name,
      drawing,
      links: [...drawing.querySelectorAll<SVGAElement>('a')].flatMap((element) => linkIn(element, name)),
    },
  ];
}

function linkIn(element: SVGAElement, name: string): Link[] {
  const bar = element.querySelector('rect');
  const title = element.querySelector('title');
  if (!bar || !title) return [];
  const label = title.textContent;
  element.setAttribute('aria-label', label);
  title.remove(); // or the browser would show it beside the card
  const [x, width] = [bar.x.baseVal.value, bar.width.baseVal.value];
  const words = label.slice(name.length + ', '.length + (element.dataset.when ?? '').length + ': '.length);
  return [{ element, bar, words, span: { from: x, to: x + width } }];
}

/** The link under a pointer, or nearest to it. */
function linkAt({ drawing, links }: Lane, { clientX }: MouseEvent): Link | undefined {
  const { left, width } = drawing.getBoundingClientRect();
  const units = drawing.viewBox.baseVal.width / width;
  const spans = links.map(({ span }) => span);
  const nearest = nearestSpan(spans, (clientX - left) * units, REACH_PX * units);
  return nearest === undefined ? undefined : links[nearest];
}

/** A press beside a span counts as one on it. */
function follow(link: Link | undefined, { target }: MouseEvent): void {
  const isOnLink = target instanceof Element && target.closest('a');
  if (link && !isOnLink) link.element.dispatchEvent(new MouseEvent('click', { cancelable: true }));
}
